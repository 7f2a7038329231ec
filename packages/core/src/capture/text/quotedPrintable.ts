import { hexValue } from "../../bytes/ascii.ts";

/** A line that is put together from several gets no longer. */
const JOINED_LINE_LIMIT: number = 16 * 1024;

/**
 * Undoes what mail does to a text on its way: `=3D` for an equals sign, and lines of 76 characters that end in `=` where they go on. It is known by the head of
 * the mail, or by what SIP has in front of every equals sign.
 */
export class QuotedPrintable {
  /** Lines in which something was undone. */
  mended = 0;
  readonly #emit: (line: string) => void;
  #isOn = false;
  /** The beginning of a line that goes on in the next. */
  #held = "";

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  push(line: string): void {
    if (!this.#isOn && line.includes("=3D")) this.#isOn = SIGNS.some((sign) => line.includes(sign));
    if (!this.#isOn) {
      this.#isOn = MIME.test(line);
      return this.#emit(line);
    }
    const text = this.#held + line;
    this.#held = "";
    if (text.endsWith("=") && text.length < JOINED_LINE_LIMIT) this.#held = text.slice(0, -1);
    else this.#end(text);
  }

  flush(): void {
    if (this.#held !== "") this.#end(this.#held);
    this.#held = "";
  }

  #end(text: string): void {
    if (text.includes("=")) this.mended++;
    this.#emit(text.replaceAll(OCTET, (_, high: string, low: string) => String.fromCharCode(octet(high, low))));
  }
}

const SIGNS: readonly string[] = ["branch=3D", ";tag=3D", "v=3D0"];

const MIME = /^content-transfer-encoding: *quoted-printable\s*$/i;

/** Nothing in it can be matched in two ways. */
const OCTET = /=([0-9A-F])([0-9A-F])/g;

function octet(high: string, low: string): number {
  return hexValue(high.charCodeAt(0)) * 16 + hexValue(low.charCodeAt(0));
}
