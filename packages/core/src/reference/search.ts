import { facts, nameOf } from "./facts.ts";
import { fits, fold, wordsOf } from "./fold.ts";
import type { ReferenceLanguage } from "./referenceLanguage.ts";
import { searchSymptoms } from "./searchSymptoms.ts";

export interface SearchHit {
  readonly kind: "code" | "q850" | "warning" | "reason" | "unregistered" | "symptom";
  /** `486`, `17`, `304`, `Q.850`, `no-audio`. */
  readonly id: string;
  /** `486 Busy Here`. */
  readonly title: string;
  /** What it says, in the language. */
  readonly text: string;
  /** Of a symptom: the rules that may say why. */
  readonly rules?: readonly string[];
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
const weights = { id: 100, title: 12, text: 6, body: 2, symptom: 15 } as const;
/** What scores less than this part of the best is noise. */
const relevance = 0.2;

/**
 * Codes, causes, warn-codes, Reason protocols, unregistered numbers and symptoms that fit a text, best first. Forgives accents, case,
 * typing errors and unfinished words; finds Japanese, Chinese and Korean inside words. Every word must fit somewhere; only of a symptom,
 * which is asked for in sentences, most of them.
 */
export function search(text: string, language: ReferenceLanguage): SearchHit[] {
  const asked = text.slice(0, longestQuery);
  const words = wordsOf(fold(asked));
  if (words.length === 0) return [];
  const hits = [...entriesWith(words, language), ...symptomsLike(asked, words.length, language)];
  return hits.sort((a, b) => b.score - a.score);
}

function symptomsLike(asked: string, words: number, language: ReferenceLanguage): SearchHit[] {
  return searchSymptoms(asked, language).map(({ symptom, share }) => {
    const { name, says } = language.symptoms[symptom];
    const { rules } = facts.symptoms.find((each) => each.symptom === symptom)!;
    return { kind: "symptom", id: symptom, title: name, text: says, rules, score: share * words * weights.symptom };
  });
}

function entriesWith(words: readonly string[], language: ReferenceLanguage): SearchHit[] {
  const hits = entriesOf(language).flatMap((entry): SearchHit[] => {
    const scores = words.map((word) => scoreOf(word, entry));
    return scores.includes(0) ? [] : [{ ...entry.hit, score: scores.reduce((sum, score) => sum + score, 0) }];
  });
  const best = Math.max(...hits.map(({ score }) => score));
  return hits.filter(({ score }) => score >= best * relevance);
}

function scoreOf(word: string, { hit, title, text, body }: Entry): number {
  if (fold(hit.id) === word) return weights.id;
  const best = Math.max(
    fits(title, word) * weights.title,
    fits(text, word) * weights.text,
    fits(body, word) * weights.body,
  );
  // A response code is what most people look for.
  return hit.kind === "code" ? best * 1.5 : best;
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
