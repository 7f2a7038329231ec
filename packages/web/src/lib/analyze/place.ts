/** Where the reader is: the address after `#`. It names places in the list and nothing of what was captured. */
export type Place =
  | { readonly kind: "overview" }
  | { readonly kind: "call"; readonly row: number; readonly message?: number; readonly beside?: number };

/** `#call-3`, `#call-3-5` with message 5, `#call-3-5-8` with message 8 beside it. */
export function placeOf(hash: string): Place {
  const [, row, message, beside] = /^#call-(\d{1,9})(?:-(\d{1,9}))?(?:-(\d{1,9}))?$/u.exec(hash) ?? [];
  if (row === undefined) return { kind: "overview" };
  return {
    kind: "call",
    row: Number(row),
    ...(message === undefined ? {} : { message: Number(message) }),
    ...(beside === undefined ? {} : { beside: Number(beside) }),
  };
}

export function hashOf(row: number, message?: number, beside?: number): string {
  return `#${["call", row, message, beside].filter((part) => part !== undefined).join("-")}`;
}
