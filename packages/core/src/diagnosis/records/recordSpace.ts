/** A place for what need not stay in memory, such as a temporary file: appended to, and read again by offset. */
export interface RecordSpace {
  /** False where there is no room: what is not appended stays in memory. */
  append(bytes: Uint8Array): boolean;
  read(offset: number, length: number): Uint8Array;
}
