import { fixSides } from "../../../packages/core/src/reference/referenceLanguage.ts";
import { begunLocales } from "../locales.ts";
import { parsePage, type Page } from "../markdown.ts";
import { readText } from "../paths.ts";
import { translatableFiles } from "../stamps.ts";
import { holdsMessages, messageOf, textsOf } from "../texts.ts";
import type { Problem } from "./problem.ts";

/** Every page parses, has the front matter and the sections of its kind and no other; every message is valid MessageFormat. */
export function checkStructure(root: string): Problem[] {
  const files = translatableFiles(root);
  return begunLocales(root).flatMap(({ tag }) =>
    files.flatMap((path) => {
      const text = readText(root, `content/${tag}/${path}`);
      return text === undefined ? [] : problemsOf(text, `content/${tag}/${path}`, path);
    }),
  );
}

function problemsOf(text: string, fullPath: string, path: string): Problem[] {
  try {
    const texts = textsOf(text, fullPath);
    if (holdsMessages(path)) for (const each of texts) messageOf(each, fullPath);
    const empty = texts.filter((each) => each.text.trim() === "").map(({ key }) => `${key} is empty`);
    const wrong = path.endsWith(".md") ? pageProblems(parsePage(text, fullPath), path.split("/")[0]) : [];
    return [...empty, ...wrong].map((message) => ({ path: fullPath, message }));
  } catch (error) {
    return [{ path: fullPath, message: error instanceof Error ? error.message : String(error) }];
  }
}

interface Shape {
  readonly frontMatter: readonly string[];
  readonly required: readonly string[];
  readonly allowed: (key: string) => boolean;
}

const shapes: Readonly<Record<string, Shape>> = {
  codes: {
    frontMatter: ["summary"],
    required: ["says", "seen"],
    allowed: (key) => ["says", "seen", ...fixSides.map((side) => `fix/${side}`)].includes(key),
  },
  pairs: {
    frontMatter: ["title"],
    required: ["fact", "trace", "choose"],
    allowed: (key) => ["fact", "trace", "choose"].includes(key),
  },
  rules: { frontMatter: ["title"], required: [], allowed: (key) => /^(?:why|fix)(?: [a-z0-9-]+)?$/u.test(key) },
};

function pageProblems({ frontMatter, sections }: Page, kind: string): string[] {
  const shape = shapes[kind];
  if (!shape) return [`no pages of kind ${kind} are known`];
  const keys = sections.map(({ key }) => key);
  const hasFix = kind === "pairs" || keys.some((key) => key.startsWith("fix"));
  const hasWhy = kind !== "rules" || keys.some((key) => key.startsWith("why"));
  return [
    ...shape.frontMatter.filter((key) => !frontMatter[key]).map((key) => `front matter lacks ${key}`),
    ...Object.keys(frontMatter)
      .filter((key) => key !== "source" && !shape.frontMatter.includes(key))
      .map((key) => `front matter has ${key}`),
    ...shape.required.filter((key) => !keys.includes(key)).map((key) => `section ${key} is missing`),
    ...keys.filter((key) => !shape.allowed(key)).map((key) => `section ${key} is not known`),
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `section ${key} is there twice`),
    ...(hasFix ? [] : ["no section fix"]),
    ...(hasWhy ? [] : ["no section why"]),
  ];
}
