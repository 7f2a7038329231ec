import { generatedNotice, jsonExpression, type GeneratedFile } from "./emit.ts";
import { withFallback } from "./languageModules.ts";
import { begunLocales, sourceTag } from "./locales.ts";
import { readJson } from "./paths.ts";
import { readStrings } from "./strings.ts";

const folder = "packages/web/src/lib/languages";

/** The site's own strings by language, the keys they have, and what loads the words of one language. */
export function webModules(root: string): GeneratedFile[] {
  const tags = begunLocales(root).map(({ tag }) => tag);
  return [
    keysModule(root),
    loadersModule(tags),
    ...tags.flatMap((tag) => [stringsModule(root, tag), glossaryModule(root, tag)]),
  ];
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
    const [strings, glossary] = [`./strings/${tag}.ts`, `./glossary/${tag}.ts`];
    const [reference, language] = [`@sipwhy/core/reference/${tag}`, `@sipwhy/core/language/${tag}`];
    const loaders = Object.entries({ strings, glossary, reference, language }).map(
      ([name, path]) => `${name}: () => import(${JSON.stringify(path)}).then((module) => module.${name}),`,
    );
    return `  ${JSON.stringify(tag)}: {\n${loaders.join("\n")}\n},`;
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

function glossaryModule(root: string, tag: string): GeneratedFile {
  const { $source: _stamp, ...terms } = withFallback(
    tag,
    (from) => readJson<Record<string, unknown>>(root, `content/${from}/glossary.json`) ?? {},
  );
  return {
    path: `${folder}/glossary/${tag}.ts`,
    text:
      `${generatedNotice}import type { Glossary } from "../loaders.ts";\n\n` +
      `export const glossary: Glossary = ${jsonExpression(terms, 1)} as Glossary;\n`,
  };
}
