import { facts } from "./facts.ts";
import { fits, fold, isUndivided, wordsOf } from "./fold.ts";
import type { ReferenceLanguage } from "./referenceLanguage.ts";

/** A symptom, and how much of what was asked it has, up to 1. */
export interface SymptomHit {
  readonly symptom: string;
  readonly share: number;
}

/** Less of a question than this is another question. */
const leastShare = 0.55;
/** Words that fit half of the symptoms tell none of them. */
const leastWeight = 0.6;
/** What no symptom says weighs less than the rarest word of one: sentences of people have many words. */
const unknownWeight = 1.4;
/** Shorter words weigh less: they are `the`, `in` and `my`. */
const wholeLength = 6;
/** What stands in several phrases of a symptom counts less than what stands in one. */
const apart = 0.85;
/** More do not help. */
const mostSymptoms = 4;

/**
 * The symptoms that fit what a person asks in whole sentences, best first: `the call drops after 30 seconds`. Not every word must fit, but the
 * rarer a word is among symptoms, the more it counts.
 */
export function searchSymptoms(text: string, language: ReferenceLanguage): SymptomHit[] {
  const pieces = piecesOf(fold(text));
  // A number alone asks for a code.
  if (pieces.every((piece) => /^\p{N}+$/u.test(piece))) return [];
  const symptoms = facts.symptoms.map(({ symptom }) => ({ symptom, text: textOf(symptom, language) }));
  const rows = pieces.map((piece) => symptoms.map((each) => fits(each.text, piece)));
  const weighed = pieces.map((piece, index) => ({ piece, weight: weightOf(piece, rows[index]) }));
  const known = weighed.reduce((sum, { weight }, index) => (rows[index].some(Boolean) ? sum + weight : sum), 0);
  if (known < leastWeight) return [];
  return symptoms
    .map(({ symptom, text: own }) => ({ symptom, ...nearestIn(own, weighed) }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.share - a.share || a.length - b.length)
    .slice(0, mostSymptoms);
}

interface Weighed {
  readonly piece: string;
  readonly weight: number;
}

/** One phrase a line. */
function textOf(symptom: string, { symptoms }: ReferenceLanguage): string {
  const prose = symptoms[symptom];
  return prose === undefined ? "" : fold([prose.name, ...prose.asked.split("; ")].join("\n"));
}

function weightOf(piece: string, row: readonly number[]): number {
  const count = row.filter((fit) => fit > 0).length;
  const rarity = count === 0 ? unknownWeight : Math.log(1 + row.length / count);
  return /^\p{L}+$/u.test(piece) && !isUndivided(piece) ? rarity * Math.min(1, piece.length / wholeLength) : rarity;
}

/** How much of it is in a symptom, and how long the phrase is that has so much: the shorter, the less it says besides. */
function nearestIn(text: string, weighed: readonly Weighed[]): { readonly share: number; readonly length: number } {
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const found = (phrase: string) => weighed.reduce((sum, { piece, weight }) => sum + fits(phrase, piece) * weight, 0);
  const phrases = text.split("\n").map((phrase) => ({ share: found(phrase) / whole, length: phrase.length }));
  const [nearest] = phrases.sort((a, b) => b.share - a.share || a.length - b.length);
  return { share: Math.max((found(text) * apart) / whole, nearest.share), length: nearest.length };
}

/** What is looked for: numbers, words, and of Han, kana and Hangul, which are not divided as they are spoken, every two neighbours. */
function piecesOf(folded: string): string[] {
  const pieces = wordsOf(folded).flatMap((word) => {
    if (!isUndivided(word)) return word.match(/\p{N}+|[^\p{N}]+/gu) ?? [];
    return (word.match(/\p{N}+|[a-z]+|[^\p{N}a-z]+/gu) ?? []).flatMap(neighboursOf);
  });
  // A letter alone is what an apostrophe cut off.
  return [...new Set(pieces.filter((piece) => !/^\p{L}$/u.test(piece) || isUndivided(piece)))];
}

function neighboursOf(run: string): string[] {
  const characters = [...run];
  if (!isUndivided(run) || characters.length === 1) return [run];
  return characters.slice(1).map((character, index) => characters[index] + character);
}
