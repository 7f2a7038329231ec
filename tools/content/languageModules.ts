import type { Language } from "../../packages/core/src/language/language.ts";
import { generatedNotice, jsonExpression, type GeneratedFile } from "./emit.ts";
import { begunLocales, sourceTag } from "./locales.ts";
import { numberStyle } from "./numberStyle.ts";
import { readRulePages } from "./rulePages.ts";
import { readStrings } from "./strings.ts";

/** packages/core/src/language/languages/<tag>.ts for every language begun, the list of them, and how they write numbers. */
export function languageModules(root: string): GeneratedFile[] {
  const locales = begunLocales(root);
  const list: GeneratedFile = {
    path: "packages/core/src/language/locales.generated.ts",
    text:
      `${generatedNotice}import type { Locale } from "./locale.ts";\n\n` +
      `/** Languages with a tree in content/. */\nexport const locales: readonly Locale[] = ${JSON.stringify(locales)};\n`,
  };
  const styles = Object.fromEntries(locales.map(({ tag }) => [tag, numberStyle(tag)]));
  const numbers: GeneratedFile = {
    path: "packages/core/src/language/numberStyles.generated.ts",
    text:
      `${generatedNotice}import type { NumberStyle } from "./numberText.ts";\n\n` +
      `/** By language. */\n` +
      `export const numberStyles: Readonly<Record<string, NumberStyle | undefined>> = ${JSON.stringify(styles)};\n`,
  };
  return [list, numbers, ...locales.map(({ tag }) => languageModule(root, tag))];
}

function languageModule(root: string, tag: string): GeneratedFile {
  const language: Language = {
    tag,
    ui: withFallback(tag, (from) => readStrings(root, from, "ui")),
    help: withFallback(tag, (from) => readStrings(root, from, "help")),
    rules: withFallback(tag, (from) => readRulePages(root, from)),
  };
  return {
    path: `packages/core/src/language/languages/${tag}.ts`,
    text:
      `${generatedNotice}import type { Language } from "../language.ts";\n\n` +
      `export const language: Language = ${jsonExpression(language, 2)} as Language;\n`,
  };
}

/** What a translation lacks is English until it is there, so that no reader meets a gap; `npm run check` names it. */
export function withFallback<T>(tag: string, read: (tag: string) => Record<string, T>): Record<string, T> {
  return tag === sourceTag ? read(tag) : { ...read(sourceTag), ...read(tag) };
}
