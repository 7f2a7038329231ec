/** `A` for the first leg of a call, `Z` for the 26th; the ones after that have none. */
export function legLetter(index: number): string | undefined {
  return index >= 0 && index < 26 ? String.fromCharCode(0x41 + index) : undefined;
}
