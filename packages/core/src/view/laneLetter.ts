/** `a` for the first element of a ladder: small, as capital letters are legs. */
export function laneLetter(lane: number): string {
  return String.fromCharCode(0x61 + lane);
}
