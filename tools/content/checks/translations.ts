import { valueNames, variantNames } from "../messages.ts";
import { begunLocales, sourceTag } from "../locales.ts";
import { readText } from "../paths.ts";
import { stateOf, translatableFiles, type TranslationState } from "../stamps.ts";
import { holdsMessages, messageOf, textsOf, type Text } from "../texts.ts";
import { isLeftInEnglish, sentencesLeftInEnglish } from "../untranslated.ts";
import { breaksBeforePunctuation } from "../spacing.ts";
import type { Problem } from "./problem.ts";

/** How many files of a language are missing, stale, current. */
export function translationStates(root: string, tag: string): Record<TranslationState, string[]> {
  const states: Record<TranslationState, string[]> = { missing: [], stale: [], current: [] };
  for (const path of translatableFiles(root)) states[stateOf(root, tag, path)].push(path);
  return states;
}

/**
 * Every file of every language begun is there, made from the present English, has the same texts, keeps every value and leaves nothing in
 * English.
 */
export function checkTranslations(root: string): Problem[] {
  return begunLocales(root)
    .filter(({ tag }) => tag !== sourceTag)
    .flatMap(({ tag }) => {
      const { missing, stale } = translationStates(root, tag);
      const absent = missing.map((path) => ({ path: `content/${tag}/${path}`, message: "missing" }));
      const old = stale.map((path) => ({
        path: `content/${tag}/${path}`,
        message: "stale: not stamped with the present English",
      }));
      const present = translatableFiles(root).filter((path) => !missing.includes(path));
      return [...absent, ...old, ...present.flatMap((path) => compareFile(root, tag, path))];
    });
}

function compareFile(root: string, tag: string, path: string): Problem[] {
  const fullPath = `content/${tag}/${path}`;
  try {
    const english = textsOf(readText(root, `content/${sourceTag}/${path}`)!, path);
    const translated = textsOf(readText(root, fullPath)!, fullPath);
    return [...compareKeys(english, translated), ...compareTexts(english, translated, tag, path)].map((message) => ({
      path: fullPath,
      message,
    }));
  } catch {
    // What cannot be parsed is told by checkStructure.
    return [];
  }
}

function compareKeys(english: readonly Text[], translated: readonly Text[]): string[] {
  const [wanted, given] = [new Set(english.map(({ key }) => key)), new Set(translated.map(({ key }) => key))];
  return [
    ...[...wanted].filter((key) => !given.has(key)).map((key) => `${key} is missing`),
    ...[...given].filter((key) => !wanted.has(key)).map((key) => `${key} is not in the English`),
  ];
}

function compareTexts(english: readonly Text[], translated: readonly Text[], tag: string, path: string): string[] {
  const byKey = new Map(english.map((each) => [each.key, each]));
  return translated.flatMap((each) => {
    const source = byKey.get(each.key);
    if (!source || isPhraseOnTheWire(path, each.key)) return [];
    if (isLeftInEnglish(each.text, source.text, tag)) return [`${each.key} is left in English`];
    const sentences = sentencesLeftInEnglish(each.text, source.text).map((text) => `${each.key} has English: ${text}`);
    const spacing = breaksBeforePunctuation(each.text, tag) ? [`${each.key} may break a line before punctuation`] : [];
    return [...sentences, ...spacing, ...(holdsMessages(path) ? lostValues(each, source, path) : [])];
  });
}

/** The name of an unregistered number is the reason phrase its senders put on the wire: no language has another. */
function isPhraseOnTheWire(path: string, key: string): boolean {
  return path === "unregistered.json" && key.endsWith(".name");
}

function lostValues(translated: Text, english: Text, path: string): string[] {
  const [source, message] = [english, translated].map((each) => messageOf(each, path));
  const wanted = new Set([...valueNames(source), ...codeSpans(english.text)]);
  const given = new Set([...valueNames(message), ...codeSpans(translated.text)]);
  // A language without a plural may say of 1 what English says by its plural.
  const told = new Set(variantNames(message));
  const lost = [...wanted].filter((name) => !given.has(name)).map((name) => `${translated.key} loses ${name}`);
  const untold = variantNames(source).filter((name) => !told.has(name));
  const invented = [...given].filter((name) => !wanted.has(name)).map((name) => `${translated.key} invents ${name}`);
  return [...lost, ...[...new Set(untold)].map((name) => `${translated.key} loses the variant ${name}`), ...invented];
}

function codeSpans(text: string): string[] {
  return [...text.matchAll(/`[^`]+`/gu)].map(([span]) => span);
}
