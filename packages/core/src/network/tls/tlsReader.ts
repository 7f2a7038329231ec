import type { StreamReader } from "../streamReader.ts";
import type { TlsConnection } from "./tlsConnection.ts";

/** Takes what one side of a TLS connection sends. As long as its keys may still come, all of it is held as well, to be read again with them. */
export class TlsReader implements StreamReader {
  readonly #connection: TlsConnection;
  readonly #isForward: boolean;

  constructor(connection: TlsConnection, isForward: boolean) {
    this.#connection = connection;
    this.#isForward = isForward;
  }

  get confirmed(): boolean {
    return this.#connection.directionOf(this.#isForward).confirmed;
  }

  get done(): boolean {
    return !this.#connection.isWaiting && this.#connection.directionOf(this.#isForward).done;
  }

  get isInMessage(): boolean {
    return this.#connection.directionOf(this.#isForward).isInMessage;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    const connection = this.#connection;
    const direction = connection.directionOf(this.#isForward);
    if (!direction.done) direction.push(bytes, start, end);
    if (!connection.isWaiting) return;
    const copy = bytes.slice(start, end);
    connection.hold(this.#isForward, copy.length, (again) => again.push(copy, 0, copy.length));
  }

  gap(): void {
    this.#both((direction) => direction.gap());
  }

  giveUp(): void {
    this.#both((direction) => direction.giveUp());
  }

  close(isEnd: boolean): void {
    this.#both((direction) => direction.close(isEnd));
  }

  #both(act: (direction: StreamReader) => void): void {
    const connection = this.#connection;
    const direction = connection.directionOf(this.#isForward);
    if (!connection.isWaiting || !direction.done) act(direction);
    if (connection.isWaiting) connection.hold(this.#isForward, 0, act);
  }
}
