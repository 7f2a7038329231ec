// Generated from content/ by `npm run generate`. Do not edit.
import type { Loaders } from "./loaders.ts";

export const loadersByTag: Readonly<Record<string, Loaders>> = {
  en: {
    strings: () => import("./strings/en.ts").then((module) => module.strings),
    glossary: () => import("./glossary/en.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/en").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/en").then((module) => module.language),
  },
  ja: {
    strings: () => import("./strings/ja.ts").then((module) => module.strings),
    glossary: () => import("./glossary/ja.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/ja").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/ja").then((module) => module.language),
  },
  de: {
    strings: () => import("./strings/de.ts").then((module) => module.strings),
    glossary: () => import("./glossary/de.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/de").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/de").then((module) => module.language),
  },
  es: {
    strings: () => import("./strings/es.ts").then((module) => module.strings),
    glossary: () => import("./glossary/es.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/es").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/es").then((module) => module.language),
  },
  fr: {
    strings: () => import("./strings/fr.ts").then((module) => module.strings),
    glossary: () => import("./glossary/fr.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/fr").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/fr").then((module) => module.language),
  },
  "pt-BR": {
    strings: () => import("./strings/pt-BR.ts").then((module) => module.strings),
    glossary: () => import("./glossary/pt-BR.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/pt-BR").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/pt-BR").then((module) => module.language),
  },
  ko: {
    strings: () => import("./strings/ko.ts").then((module) => module.strings),
    glossary: () => import("./glossary/ko.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/ko").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/ko").then((module) => module.language),
  },
  "zh-Hans": {
    strings: () => import("./strings/zh-Hans.ts").then((module) => module.strings),
    glossary: () => import("./glossary/zh-Hans.ts").then((module) => module.glossary),
    reference: () => import("@sipwhy/core/reference/zh-Hans").then((module) => module.reference),
    language: () => import("@sipwhy/core/language/zh-Hans").then((module) => module.language),
  },
};
