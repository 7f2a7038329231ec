import { clip } from "@sipwhy/core/view";

/** One line at the bottom of a terminal that is written over; everything else is written above it. */
export class StatusLine {
  readonly #stream: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly #isShown: boolean;
  #text = "";

  /** It is only shown where both calls and it go to a terminal. */
  constructor(
    stream: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown },
    isWanted: boolean,
  ) {
    this.#stream = stream;
    this.#isShown = isWanted && stream.isTTY === true;
  }

  show(text: string): void {
    if (!this.#isShown || text === this.#text) return;
    this.#text = text;
    this.#draw();
  }

  /** Writes something that stays. */
  over(write: () => void): void {
    const hasLine = this.#text !== "";
    if (hasLine) this.#stream.write("\r\x1b[K");
    write();
    if (hasLine) this.#draw();
  }

  clear(): void {
    if (this.#text !== "") this.#stream.write("\r\x1b[K");
    this.#text = "";
  }

  /** Cut where it would wrap: a second line could not be written over. */
  #draw(): void {
    const room = (this.#stream.columns ?? 80) - 1;
    this.#stream.write(`\r${clip(this.#text, room)}\x1b[K`);
  }
}
