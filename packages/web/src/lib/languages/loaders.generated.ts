// Generated from content/ by `npm run generate`. Do not edit.
import type { Loaders } from "./loaders.ts";

export const loadersByTag: Readonly<Record<string, Loaders>> = {
  en: {
    strings: async () => (await import("./strings/en.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/en")).reference,
    language: async () => (await import("@sipwhy/core/language/en")).language,
  },
  ja: {
    strings: async () => (await import("./strings/ja.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/ja")).reference,
    language: async () => (await import("@sipwhy/core/language/ja")).language,
  },
  de: {
    strings: async () => (await import("./strings/de.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/de")).reference,
    language: async () => (await import("@sipwhy/core/language/de")).language,
  },
  es: {
    strings: async () => (await import("./strings/es.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/es")).reference,
    language: async () => (await import("@sipwhy/core/language/es")).language,
  },
  fr: {
    strings: async () => (await import("./strings/fr.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/fr")).reference,
    language: async () => (await import("@sipwhy/core/language/fr")).language,
  },
  "pt-BR": {
    strings: async () => (await import("./strings/pt-BR.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/pt-BR")).reference,
    language: async () => (await import("@sipwhy/core/language/pt-BR")).language,
  },
  ko: {
    strings: async () => (await import("./strings/ko.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/ko")).reference,
    language: async () => (await import("@sipwhy/core/language/ko")).language,
  },
  "zh-Hans": {
    strings: async () => (await import("./strings/zh-Hans.ts")).strings,
    reference: async () => (await import("@sipwhy/core/reference/zh-Hans")).reference,
    language: async () => (await import("@sipwhy/core/language/zh-Hans")).language,
  },
};
