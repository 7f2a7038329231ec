/** Where the reader is: the address after `#`. It names places in the list and nothing of what was captured. */
export type Place = { readonly kind: "overview" } | PlaceInCall;

export interface PlaceInCall {
  readonly kind: "call";
  /** Which captures of this tab: the first that were read in it, or others after them. */
  readonly reading: number;
  readonly row: number;
  readonly message?: number;
  readonly beside?: number;
}

/** `#call-3`, `#call-3-5` with message 5, `#call-3-5-8` with message 8 beside it; `#2-call-3` of the captures that were read second. */
export function placeOf(hash: string): Place {
  const [, reading = "1", row, message, beside] =
    /^#(?:(\d{1,9})-)?call-(\d{1,9})(?:-(\d{1,9}))?(?:-(\d{1,9}))?$/u.exec(hash) ?? [];
  if (row === undefined) return { kind: "overview" };
  return {
    kind: "call",
    reading: Number(reading),
    row: Number(row),
    ...(message === undefined ? {} : { message: Number(message) }),
    ...(beside === undefined ? {} : { beside: Number(beside) }),
  };
}

export function hashOf(reading: number, row: number, message?: number, beside?: number): string {
  const place = ["call", row, message, beside].filter((part) => part !== undefined).join("-");
  return reading === 1 ? `#${place}` : `#${reading}-${place}`;
}
