/** Something that has a page of its own. */
export interface Term {
  /** `486`, `Q.850`, `ack-missing`. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** Below the language. */
  readonly path: string;
  /** `c4xx` for what has the colour of a class. */
  readonly className?: string;
}
