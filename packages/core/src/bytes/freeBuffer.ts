/**
 * Gives the memory of a buffer back at once, where the platform can: the garbage collector looks at what has become old only now and then. Nobody may
 * read it any more.
 */
export function freeBuffer(buffer: ArrayBuffer): void {
  (buffer as { transfer?(length: number): ArrayBuffer }).transfer?.(0);
}

/** To be called before much has run: when the first buffer is given away, V8 throws away all code that was made for reading typed arrays. */
export function giveOneAway(): void {
  freeBuffer(new ArrayBuffer(1));
}
