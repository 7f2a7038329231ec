/** One element of DER: its content is `bytes[start, end)`. ITU-T X.690 §8.1 */
export interface DerElement {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** The element at `at`; undefined where it is not whole before `limit`, or has a form that certificates do not use. */
export function derElement(bytes: Uint8Array, at: number, limit: number): DerElement | undefined {
  if (at + 2 > limit) return undefined;
  const first = bytes[at + 1];
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + lengthBytes;
  if (first === 0x80 || lengthBytes > 3 || start > limit) return undefined;
  let length = lengthBytes === 0 ? first : 0;
  for (let i = at + 2; i < start; i++) length = (length << 8) | bytes[i];
  return start + length > limit ? undefined : { tag: bytes[at], start, end: start + length };
}

/** The elements of which the content of another consists, up to the first that is broken. */
export function derElements(bytes: Uint8Array, { start, end }: DerElement): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = start; at < end;) {
    const element = derElement(bytes, at, end);
    if (element === undefined) break;
    elements.push(element);
    at = element.end;
  }
  return elements;
}
