/**
 * Text as it is compared in a search: lower case, no accents, full-width letters as plain ones, kana as katakana. `Überlastet` and
 * `uberlastet` are one, `ﾋﾞｼﾞｰ` and `ビジー` are one.
 */
export function fold(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase();
  return /^[\p{ASCII}]*$/u.test(plain) ? plain : foldMarks(plain);
}

function foldMarks(text: string): string {
  let folded = "";
  for (const character of text) folded += foldCharacter(character);
  return folded;
}

function foldCharacter(character: string): string {
  const codePoint = character.codePointAt(0)!;
  // Hiragana to katakana: the same sounds 0x60 further on.
  if (codePoint >= 0x3041 && codePoint <= 0x3096) return String.fromCodePoint(codePoint + 0x60);
  // The marks of kana and Hangul make other letters; only those of alphabets are ornament.
  if (codePoint >= 0x1100) return character;
  return character.normalize("NFD").replace(/\p{M}/gu, "");
}

/**
 * The words of a folded text. Han, kana and Hangul are not divided: their words are found as substrings.
 */
export function wordsOf(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** True for text that is searched as a substring, not by words with typing errors. */
export function isUndivided(word: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word);
}

/** A word spelt otherwise counts less. */
const nearness = 0.5;

/** How well a folded text has a word: from 0, it does not, to 1, as it was typed. */
export function fits(text: string, word: string): number {
  // A number means that number: 486 is no misspelt 480.
  if (/^\p{N}+$/u.test(word)) return text.includes(word) && wordsOf(text).includes(word) ? 1 : 0;
  if (isUndivided(word)) return text.includes(word) ? 1 : 0;
  const words = wordsOf(text);
  if (words.includes(word)) return 1;
  if (word.length >= 2 && words.some((other) => other.startsWith(word))) return 0.8;
  if (word.length < 4) return 0;
  const limit = word.length < 7 ? 1 : 2;
  return words.some((other) => isNear(word, other, limit)) ? nearness : 0;
}

/** True when two words differ by at most `limit` typing errors: a letter too many, missing, wrong, or two swapped. */
export function isNear(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_item, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const wrong = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + wrong);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) cost = Math.min(cost, beforePrevious[column - 2] + 1);
      current.push(cost);
    }
    if (Math.min(...current) > limit) return false;
    [beforePrevious, previous] = [previous, current];
  }
  return previous[b.length] <= limit;
}
