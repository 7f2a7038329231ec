/** One language: the interface strings and the rule prose, compiled from content/<tag>/ by `npm run generate`. */
export interface Language {
  /** BCP 47: `en`, `pt-BR`. */
  readonly tag: string;
  /** From ui.json, by key. */
  readonly ui: Readonly<Record<string, Message>>;
  /** From help.json, by key. */
  readonly help: Readonly<Record<string, Message>>;
  /** From rules/<id>.md. */
  readonly rules: Readonly<Record<string, RuleProse>>;
}

export interface RuleProse {
  readonly title: Message;
  /** By cause; the key is `""` where the rule has none. */
  readonly why: Readonly<Record<string, Message>>;
  /** Steps by cause; `""` holds those for every cause without steps of its own. */
  readonly fix: Readonly<Record<string, readonly Message[]>>;
}

/**
 * A Unicode MessageFormat 2 message, checked and flattened when it was compiled: text and value references in turn, or a
 * selection between patterns.
 */
export type Message = Pattern | Selection;
/** A text, or a text with references: `["Ask ", { value: "callee" }, "."]`. */
export type Pattern = string | readonly (string | ValueReference)[];

export interface ValueReference {
  readonly value: string;
  /** `integer` formats with the language's digits and grouping; without it the value is shown as it is. */
  readonly format?: "integer";
}

export interface Selection {
  /** Values selected on; `plural` compares by number and plural category, `string` exactly. */
  readonly select: readonly { readonly value: string; readonly by: "plural" | "string" }[];
  /** First match wins; `*` matches anything. */
  readonly variants: readonly { readonly keys: readonly string[]; readonly pattern: Pattern }[];
}

/** A piece of a formatted message: text is ours, a value comes from the input and is not to be trusted. */
export interface Part {
  readonly kind: "text" | "value";
  readonly text: string;
}
