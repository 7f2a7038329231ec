/** What reads the bytes of one direction of a connection. One may feed another: WebSocket, or TLS with keys. */
export interface StreamReader {
  /** True once a message was read: this stream speaks the reader's protocol. */
  readonly confirmed: boolean;
  /** True when nothing more is expected of this stream; it is not reassembled any further. */
  readonly done: boolean;
  /** The next bytes in order. */
  push(bytes: Uint8Array, start: number, end: number): void;
  /** Bytes are missing between the latest and the next. */
  gap(): void;
  /** No bytes follow. */
  close(): void;
}
