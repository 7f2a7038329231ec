/** Languages in another script: there even one English word that is no protocol word shows. */
const otherScripts: ReadonlySet<string> = new Set(["ja", "ko", "zh-Hans"]);

/** True when a translation is the English itself, and the English says something in words. */
export function isLeftInEnglish(translation: string, english: string, tag: string): boolean {
  if (translation.trim() !== english.trim()) return false;
  const words = englishWords(english);
  // Neighbouring languages share words: `proxy`, `normal`. Three in a row are no accident.
  return words.length >= (otherScripts.has(tag) ? 1 : 3);
}

/** Sentences of five words or more that a translation shares with its source. */
export function sentencesLeftInEnglish(translation: string, english: string): string[] {
  const source = new Set(sentencesOf(english));
  return sentencesOf(translation).filter((sentence) => source.has(sentence) && englishWords(sentence).length >= 5);
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?:;])\s+/u).map((sentence) => sentence.trim());
}

/**
 * The lower-case words of a text, without what stays as it is in every language: code spans, placeholders, numbers, names, protocol words
 * (they have a capital, a digit or a hyphen) and plural variants of MessageFormat.
 */
function englishWords(text: string): string[] {
  const prose = text
    .replace(/`[^`]*`/gu, " ")
    .replace(/\.(?:input|match|local)\b/gu, " ")
    .replace(/\{\s*\$[^}]*\}|\$[a-z]\w*/giu, " ");
  return prose
    .split(/[^\p{L}\p{N}$.'’-]+/u)
    .filter((word) => /^[a-z]{2,}[.]?$/u.test(word) && !plainProtocolWords.has(word));
}

/** Protocol words without a capital. */
const plainProtocolWords: ReadonlySet<string> = new Set([
  "sip",
  "sips",
  "tag",
  "realm",
  "nonce",
  "dialog",
  "branch",
  "trunk",
  "stale",
  "codec",
  "offer",
  "answer",
  "via",
]);
