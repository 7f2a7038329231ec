/**
 * Gives the memory of a buffer back at once, where the platform can: the garbage collector looks at what has become old only now and then. Nobody may
 * read it any more.
 */
export function freeBuffer(buffer: ArrayBuffer): void {
  (buffer as { transfer?(length: number): ArrayBuffer }).transfer?.(0);
}
