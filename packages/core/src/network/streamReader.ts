/** The frame that completed what is being read of a stream, its time, and the IP identification of the bytes. */
export interface ReadingPlace {
  frame: number;
  timeMicros: number;
  ipId: number;
}

/** What reads the bytes of one direction of a connection. One may feed another: WebSocket, or TLS with keys. */
export interface StreamReader {
  /** True once a message was read: this stream speaks the reader's protocol. */
  readonly confirmed: boolean;
  /** True when nothing more is expected of this stream; it is not reassembled any further. */
  readonly done: boolean;
  /** It has the beginning of a message and waits for its rest. */
  readonly isInMessage: boolean;
  /** The next bytes in order. */
  push(bytes: Uint8Array, start: number, end: number): void;
  /** Bytes are missing between the latest and the next. */
  gap(): void;
  /** The rest of the message has not come for so long that it is not going to. */
  giveUp(): void;
  /** No bytes follow. `isEnd`: the sender ended the stream here, so that what has come is all that was sent. */
  close(isEnd: boolean): void;
}
