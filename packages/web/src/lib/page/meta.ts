/** What a page says about itself in its head, its breadcrumbs and its foot. */
export interface PageMeta {
  readonly title: string;
  readonly description: string;
  /** Below the language: `codes/502/`, the same in every language. */
  readonly path: string;
  /** From the start page down to the page above this one. */
  readonly crumbs: readonly Crumb[];
  /** Where its text stands, and from when it is. */
  readonly text?: TextState;
  /** schema.org, without `@context`. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** A page that only leads elsewhere or depends on what was typed. */
  readonly noIndex?: boolean;
}

export interface Crumb {
  readonly name: string;
  /** Below the language. */
  readonly path: string;
}

export interface TextState {
  /** `2026-11-28`. */
  readonly date: string;
  /** `content/ja/codes/502.md`. */
  readonly source: string;
  /** The English is newer than this translation. */
  readonly stale: boolean;
}
