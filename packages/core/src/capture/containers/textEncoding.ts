import { isHexDigit } from "../../bytes/ascii.ts";
import { hexBytes } from "../../bytes/hexBytes.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import { pcap } from "../pcap.ts";
import { pcapng } from "../pcapng.ts";
import { dumpLine } from "../text/hexDump.ts";
import { base64Bytes } from "../../bytes/base64.ts";
import { containerKind } from "./containerKind.ts";

/** A file written as text, so that it can be pasted where no file can be sent. */
export interface TextEncoding {
  readonly kind: "base64" | "digits" | "dump";
  /** Where it begins. */
  readonly start: number;
}

/** Lines that may stand before it, as the command that printed it. */
const LINES_BEFORE = 3;
/** So many characters tell what it stands for. */
const SAMPLE = 64;

/** By the capture or the packed file that it stands for; undefined for any other text. */
export function textEncodingOf(head: Uint8Array): TextEncoding | undefined {
  const text = latin1Text(head);
  let start = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
  for (let lines = 0; lines <= LINES_BEFORE; lines++) {
    const end = text.indexOf("\n", start);
    const line = text.slice(start, end < 0 ? undefined : end).trimEnd();
    const dump = dumpLine(line);
    if (dump !== undefined && Number.parseInt(dump.offset, 16) === 0 && isFile(Uint8Array.from(dump.bytes)))
      return { kind: "dump", start };
    const at = start + (line.startsWith("data:") ? line.indexOf(",") + 1 : 0);
    const sample = text
      .slice(at, at + SAMPLE)
      .split("\n", 1)[0]
      .trimEnd();
    if (isFile(hexBytes(sample))) return { kind: "digits", start: at };
    if (isFile(base64Bytes(sample))) return { kind: "base64", start: at };
    if (end < 0) break;
    start = end + 1;
  }
  return undefined;
}

/** Tells both at the beginning of a file, whose first bytes these are. */
function isFile(bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined || bytes.length < SAMPLE / 4) return false;
  return pcap.sniff(bytes) === true || pcapng.sniff(bytes) === true || containerKind(bytes) !== undefined;
}

/** The digits of hexadecimal, blanks and line ends passed over, up to anything else. */
export class DigitsDecoder {
  #high = "";
  #hasEnded = false;

  push(text: string): Uint8Array {
    let digits = this.#high;
    for (const character of text) {
      if (this.#hasEnded) break;
      if (isHexDigit(character.charCodeAt(0))) digits += character;
      else this.#hasEnded = character.trim() !== "";
    }
    const whole = digits.length & ~1;
    this.#high = digits.slice(whole);
    return hexBytes(digits.slice(0, whole)) ?? new Uint8Array(0);
  }
}
