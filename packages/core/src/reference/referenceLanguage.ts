import type { Message } from "../language/language.ts";

/** The reference in one language, compiled from content/<tag>/ by `npm run generate`. */
export interface ReferenceLanguage {
  /** BCP 47: `en`, `pt-BR`. */
  readonly tag: string;
  /** What goes between the items of a list; absent where it depends on the items. */
  readonly lists: Readonly<Partial<Record<"conjunction" | "disjunction", ListPatterns>>>;
  /** From reference.json, by key. */
  readonly strings: Readonly<Record<string, Message>>;
  /** By code. */
  readonly codes: Readonly<Record<string, CodeProse>>;
  /** By pair, ascending: `480-486`. */
  readonly pairs: Readonly<Record<string, PairProse>>;
  readonly q850: Readonly<Record<string, ShortProse>>;
  readonly warnings: Readonly<Record<string, ShortProse>>;
  readonly reasons: Readonly<Record<string, ShortProse>>;
  readonly unregistered: Readonly<Record<string, ShortProse>>;
  readonly symptoms: Readonly<Record<string, SymptomProse>>;
}

/** The separators of Intl.ListFormat: between two items, and in longer lists after the first, between, and before the last. */
export interface ListPatterns {
  readonly pair: string;
  readonly start: string;
  readonly middle: string;
  readonly end: string;
}

/** Texts are plain, with `code spans`. */
export interface CodeProse {
  readonly summary: string;
  readonly says: readonly string[];
  readonly seen: readonly string[];
  /** Steps by side; a side with nothing to do is absent. */
  readonly fix: Readonly<Partial<Record<FixSide, readonly string[]>>>;
}

export type FixSide = "caller" | "between" | "callee";
export const fixSides: readonly FixSide[] = ["caller", "between", "callee"];

export interface PairProse {
  readonly title: string;
  readonly fact: readonly string[];
  readonly trace: readonly string[];
  readonly choose: readonly string[];
}

export interface ShortProse {
  readonly name: string;
  readonly says: string;
  readonly fix: string;
}

export interface SymptomProse {
  readonly name: string;
  /** What sipwhy can see of it, and what it cannot. */
  readonly says: string;
  /** How people ask for it: searched, not shown. */
  readonly asked: string;
}
