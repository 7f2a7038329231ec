import { CR, LF } from "../bytes/ascii.ts";
import { joined } from "../bytes/joined.ts";
import { decodeText } from "../bytes/text.ts";
import { HTTP_HEAD_BYTES } from "./limits.ts";

/** What the head of an HTTP message turned out to be: `other` is no HTTP, `upgrade` ends HTTP and begins WebSocket. */
export type HttpOutcome = "unknown" | "other" | "http" | "upgrade";

/** As much of it as anybody reads. */
const LONGEST_START_LINE = 120;

const STARTS: readonly string[] = ["GET ", "HTTP/1."];

/** True if `bytes[start, end)` begins, as far as it goes, as the messages do that open a WebSocket. RFC 6455 §4.1, §4.2.2 */
export function mayBeHttp(bytes: Uint8Array, start: number, end: number): boolean {
  return start < end && STARTS.some((text) => agrees(bytes, start, end, text));
}

/** Collects the head of one HTTP message, from its first byte to the empty line. RFC 9112 §2.1 */
export class HttpHead {
  outcome: HttpOutcome = "unknown";
  /** The subprotocol is SIP: asked for by the client, or chosen by the server. RFC 7118 §4 */
  isSip = false;
  /** As it was, as far as it is readable. */
  startLine = "";
  /** What has come; once it is known to be no HTTP, all of it is still to be read. */
  bytes: Uint8Array = new Uint8Array(0);

  /** Takes more; gives the offset in what has come at which the head ends, where it has ended. */
  push(bytes: Uint8Array, start: number, end: number): number {
    const looked = Math.max(0, this.bytes.length - 3);
    const all = joined([this.bytes, bytes.subarray(start, end)]);
    this.bytes = all;
    if (!mayBeHttp(all, 0, all.length)) this.outcome = "other";
    const headEnd = this.outcome === "other" ? 0 : endOfHead(all, looked);
    if (headEnd > 0) this.#read(decodeText(all, 0, headEnd));
    else if (all.length > HTTP_HEAD_BYTES) this.outcome = "other";
    return headEnd;
  }

  #read(text: string): void {
    const [startLine, ...fields] = text.split("\r\n");
    this.startLine = startLine.replaceAll(/[^ -~]/g, ".").slice(0, LONGEST_START_LINE);
    this.outcome = "http";
    if (startLine.startsWith("HTTP/") && startLine.split(" ", 2)[1] !== "101") return;
    if (!listOf(fields, "upgrade").includes("websocket")) return;
    this.outcome = "upgrade";
    this.isSip = listOf(fields, "sec-websocket-protocol").includes("sip");
  }
}

function agrees(bytes: Uint8Array, start: number, end: number, text: string): boolean {
  const length = Math.min(text.length, end - start);
  for (let i = 0; i < length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** After the empty line, or 0. */
function endOfHead(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 3 < bytes.length; at++)
    if (bytes[at] === CR && bytes[at + 1] === LF && bytes[at + 2] === CR && bytes[at + 3] === LF) return at + 4;
  return 0;
}

/** All values of a field, in lower case. */
function listOf(fields: readonly string[], name: string): readonly string[] {
  return fields.flatMap((field) => {
    const colon = field.indexOf(":");
    if (field.slice(0, colon).trimEnd().toLowerCase() !== name) return [];
    const values = field.slice(colon + 1).toLowerCase();
    return values.split(",").map((value) => value.trim());
  });
}
