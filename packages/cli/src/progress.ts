import type { Language } from "@sipwhy/core/language";
import { helpText } from "./helpText.ts";

/** A line on the terminal while a long input is read: it appears after half a second and leaves no trace. */
export class Progress {
  readonly #language: Language;
  readonly #stderr: { isTTY?: boolean; write(text: string): unknown };
  readonly #now: () => number;
  readonly #startMillis: number;
  #shownMillis = 0;

  constructor(
    language: Language,
    stderr: { isTTY?: boolean; write(text: string): unknown },
    now: () => number = Date.now,
  ) {
    this.#language = language;
    this.#stderr = stderr;
    this.#now = now;
    this.#startMillis = now();
  }

  /** `totalBytes` is 0 when nobody knows it. */
  show(bytesRead: number, totalBytes: number): void {
    const now = this.#now();
    if (
      this.#stderr.isTTY !== true ||
      now - this.#startMillis < delayMillis ||
      now - this.#shownMillis < intervalMillis
    )
      return;
    this.#shownMillis = now;
    const megabytes = Math.round(bytesRead / 1e6);
    const values = { megabytes, percent: Math.min(100, Math.floor((bytesRead / totalBytes) * 100)) };
    const text = helpText(this.#language, totalBytes >= bytesRead ? "progress.known" : "progress.unknown", values);
    this.#stderr.write(`\r${text}\x1b[K`);
  }

  clear(): void {
    if (this.#shownMillis > 0) this.#stderr.write("\r\x1b[K");
  }
}

const delayMillis = 500;
const intervalMillis = 100;
