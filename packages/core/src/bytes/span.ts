/** A half-open range of byte offsets, `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
