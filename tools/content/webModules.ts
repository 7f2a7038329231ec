import { generatedNotice, jsonExpression, type GeneratedFile } from "./emit.ts";
import { withFallback } from "./languageModules.ts";
import { begunLocales, sourceTag } from "./locales.ts";
import { readStrings } from "./strings.ts";

const folder = "packages/web/src/lib/languages";

/** The site's own strings by language, the keys they have, and what loads the words of one language. */
export function webModules(root: string): GeneratedFile[] {
  const tags = begunLocales(root).map(({ tag }) => tag);
  return [keysModule(root), loadersModule(tags), ...tags.map((tag) => stringsModule(root, tag))];
}

function keysModule(root: string): GeneratedFile {
  const keys = Object.keys(readStrings(root, sourceTag, "web"));
  const union = keys.map((key) => `  | ${JSON.stringify(key)}`).join("\n");
  return {
    path: `${folder}/stringKey.generated.ts`,
    text: `${generatedNotice}\n/** A key of content/<lang>/web.json. */\nexport type StringKey =\n${union || "never"};\n`,
  };
}

/** One entry a language, each with imports of its own, so that a page loads the words of its language alone. */
function loadersModule(tags: readonly string[]): GeneratedFile {
  const entries = tags.map((tag) => {
    const [key, ...paths] = [
      tag,
      `./strings/${tag}.ts`,
      `@sipwhy/core/reference/${tag}`,
      `@sipwhy/core/language/${tag}`,
    ];
    const [strings, reference, language] = paths.map((path) => `import(${JSON.stringify(path)})`);
    return `  ${JSON.stringify(key)}: {\n    strings: async () => (await ${strings}).strings,\n    reference: async () => (await ${reference}).reference,\n    language: async () => (await ${language}).language,\n  },`;
  });
  return {
    path: `${folder}/loaders.generated.ts`,
    text: `${generatedNotice}import type { Loaders } from "./loaders.ts";\n\nexport const loadersByTag: Readonly<Record<string, Loaders>> = {\n${entries.join("\n")}\n};\n`,
  };
}

function stringsModule(root: string, tag: string): GeneratedFile {
  const strings = withFallback(tag, (from) => readStrings(root, from, "web"));
  return {
    path: `${folder}/strings/${tag}.ts`,
    text:
      `${generatedNotice}import type { Strings } from "../loaders.ts";\n\n` +
      `export const strings: Strings = ${jsonExpression(strings, 1)} as Strings;\n`,
  };
}
