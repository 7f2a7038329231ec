/**
 * Something looked up, in one language, ready for any view: a title, a summary, and sections of paragraphs, lists and rows. Texts are
 * plain with `code spans`.
 */
export interface Page {
  readonly kind: PageKind;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly summary?: string;
  readonly sections: readonly Section[];
}

export type PageKind =
  | "code"
  | "unregistered"
  | "unknown"
  | "q850"
  | "warning"
  | "reason"
  | "comparison"
  | "codes"
  | "search";

export interface Section {
  /** The same in every language: `says`, `seen`, `fix`, `facts`, … */
  readonly key: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: "paragraph"; readonly text: string }
  /** A heading inside the section; of level 2, one below another. */
  | { readonly kind: "subheading"; readonly text: string; readonly level: 1 | 2 }
  | { readonly kind: "items"; readonly items: readonly string[] }
  | { readonly kind: "steps"; readonly items: readonly string[] }
  | { readonly kind: "rows"; readonly rows: readonly Row[] };

export interface Row {
  readonly label: string;
  readonly value: string;
}

export function paragraphs(texts: readonly string[]): Block[] {
  return texts.map((text) => ({ kind: "paragraph", text }));
}

export function items(texts: readonly string[]): Block {
  return { kind: "items", items: texts };
}

export function rows(list: readonly Row[]): Block {
  return { kind: "rows", rows: list };
}

/** Drops empty blocks, and sections that are left with none. */
export function filled(sections: readonly Section[]): Section[] {
  return sections
    .map((section) => ({ ...section, blocks: section.blocks.filter((block) => !isEmpty(block)) }))
    .filter(({ blocks }) => blocks.some(({ kind }) => kind !== "subheading"));
}

function isEmpty(block: Block): boolean {
  if (block.kind === "rows") return block.rows.length === 0;
  return block.kind === "items" || block.kind === "steps" ? block.items.length === 0 : block.text === "";
}
