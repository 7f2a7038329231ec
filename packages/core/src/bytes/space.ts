/** A place for what need not stay in memory, such as a temporary file. */
export interface Space {
  /**
   * At any offset up to the end of what was written; done when it returns, and the bytes are used for other things afterwards. False where there is
   * no room: what is not written stays in memory.
   */
  write(offset: number, bytes: Uint8Array): boolean;
  /** In a buffer of its own. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
}
