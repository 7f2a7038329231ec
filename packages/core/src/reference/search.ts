import { facts, nameOf } from "./facts.ts";
import { fold, isNear, isUndivided, wordsOf } from "./fold.ts";
import type { ReferenceLanguage } from "./referenceLanguage.ts";

export interface SearchHit {
  readonly kind: "code" | "q850" | "warning" | "reason" | "unregistered";
  /** `486`, `17`, `304`, `Q.850`. */
  readonly id: string;
  /** `486 Busy Here`. */
  readonly title: string;
  /** What it says, in the language. */
  readonly text: string;
  /** The higher the better; comparable within one search. */
  readonly score: number;
}

/** Something to be found: its fields weigh in the order number, title, text, body. */
interface Entry {
  readonly hit: Omit<SearchHit, "score">;
  readonly title: string;
  readonly text: string;
  readonly body: string;
}

/** No query of a person is longer; what is beyond is not looked at. */
const longestQuery = 200;
const weights = { id: 100, title: 12, text: 6, body: 2 } as const;
/** A hit on something spelt otherwise counts less. */
const nearness = 0.5;
/** What scores less than this part of the best is noise. */
const relevance = 0.2;

/**
 * Codes, causes, warn-codes, Reason protocols and unregistered numbers that fit a text, best first. Forgives accents, case, typing
 * errors and unfinished words; finds Japanese, Chinese and Korean inside words. Every word must fit somewhere.
 */
export function search(text: string, language: ReferenceLanguage): SearchHit[] {
  const words = wordsOf(fold(text.slice(0, longestQuery)));
  if (words.length === 0) return [];
  const hits = entriesOf(language).flatMap((entry): SearchHit[] => {
    const scores = words.map((word) => scoreOf(word, entry));
    return scores.includes(0) ? [] : [{ ...entry.hit, score: scores.reduce((sum, score) => sum + score, 0) }];
  });
  hits.sort((a, b) => b.score - a.score);
  return hits.filter(({ score }) => score >= hits[0].score * relevance);
}

function scoreOf(word: string, { hit, title, text, body }: Entry): number {
  if (fold(hit.id) === word) return weights.id;
  // A number means that number: 486 is no misspelt 480.
  const finds = /^\p{N}+$/u.test(word) ? hasWord : fits;
  const best = Math.max(
    finds(title, word) * weights.title,
    finds(text, word) * weights.text,
    finds(body, word) * weights.body,
  );
  // A response code is what most people look for.
  return hit.kind === "code" ? best * 1.5 : best;
}

function hasWord(text: string, word: string): number {
  return text.includes(word) && wordsOf(text).includes(word) ? 1 : 0;
}

/** From 0, does not fit, to 1, is in it as it was typed. */
function fits(text: string, word: string): number {
  if (isUndivided(word)) return text.includes(word) ? 1 : 0;
  const words = wordsOf(text);
  if (words.includes(word)) return 1;
  if (word.length >= 2 && words.some((other) => other.startsWith(word))) return 0.8;
  if (word.length < 4) return 0;
  const limit = word.length < 7 ? 1 : 2;
  return words.some((other) => isNear(word, other, limit)) ? nearness : 0;
}

function entriesOf(language: ReferenceLanguage): Entry[] {
  const { codes, q850, warnings, reasons, unregistered } = language;
  return [
    ...facts.codes.map(({ code }) => {
      const prose = codes[code];
      const body = prose ? [...prose.says, ...prose.seen] : [];
      return entryOf("code", String(code), nameOf(code), prose?.summary ?? "", body);
    }),
    ...facts.q850.map(({ cause }) => {
      const prose = q850[cause];
      return entryOf("q850", String(cause), `${cause} ${prose?.name ?? ""}`, prose?.says ?? "", [prose?.fix ?? ""]);
    }),
    ...facts.warnings.map(({ code, text }) => {
      const prose = warnings[code];
      return entryOf("warning", String(code), `${code} ${prose?.name ?? text}`, prose?.says ?? "", [
        prose?.fix ?? "",
        text,
      ]);
    }),
    ...facts.reasons.map(({ protocol }) => {
      const prose = reasons[protocol];
      return entryOf("reason", protocol, `${protocol} ${prose?.name ?? ""}`, prose?.says ?? "", [prose?.fix ?? ""]);
    }),
    ...facts.unregistered.map(({ code, phrase }) => {
      const prose = unregistered[code];
      return entryOf("unregistered", String(code), `${code} ${phrase}`, prose?.says ?? "", [prose?.name ?? ""]);
    }),
  ];
}

/** `Timeout` for `Time-out`: the RFCs write it both ways, and people one. */
function joinedWords(title: string): string {
  return (title.match(/\p{L}+(?:-\p{L}+)+/gu) ?? []).map((word) => word.replaceAll("-", "")).join(" ");
}

function entryOf(kind: SearchHit["kind"], id: string, title: string, text: string, body: readonly string[]): Entry {
  return {
    hit: { kind, id, title: title.trim(), text },
    title: fold(`${title} ${joinedWords(title)}`),
    text: fold(text),
    body: fold(body.join("\n")),
  };
}
