import { uint16 } from "../../bytes/integers.ts";

/** What a TLS client says in clear text about whom it wants to speak to. */
export interface ClientHello {
  /** From the server_name extension; `""` where there is none. RFC 6066 §3 */
  readonly serverName: string;
  /** From the ALPN extension; `""` where there is none. RFC 7301 §3.1 */
  readonly protocols: string;
  /** The newest version of TLS that it takes: 0x0303; 0 where the message is cut before it. RFC 8446 §4.2.1 */
  readonly version: number;
  /** By which a key log names the connection; shorter than 32 bytes where the message is cut. */
  readonly random: Uint8Array;
}

const SERVER_NAME = 0;
const ALPN = 16;
const SUPPORTED_VERSIONS = 43;

/** Reads as much as is there of the body at `start`; an extension that is cut is left out. RFC 8446 §4.1.2 */
export function readClientHello(bytes: Uint8Array, start: number, end: number): ClientHello {
  // Version, random.
  let at = start + 2 + 32;
  at += 1 + (at < end ? bytes[at] : 0);
  at += 2 + (at + 2 <= end ? uint16(bytes, at) : 0);
  at += 1 + (at < end ? bytes[at] : 0);
  at += 2;
  let serverName = "";
  let protocols = "";
  let version = start + 2 <= end ? uint16(bytes, start) : 0;
  while (at + 4 <= end) {
    const type = uint16(bytes, at);
    const content = at + 4;
    at = content + uint16(bytes, at + 2);
    if (at > end) break;
    // The name follows the length of the list, its type and its own length.
    if (type === SERVER_NAME) serverName = printable(bytes, content + 5, at);
    else if (type === ALPN) protocols = printable(bytes, content + 2, at);
    else if (type === SUPPORTED_VERSIONS) version = newestOf(bytes, content + 1, at);
  }
  return { serverName, protocols, version, random: bytes.slice(start + 2, Math.min(start + 34, end)) };
}

/** Among them may be values that are no version: some clients send them so that servers learn to pass over what they do not know. */
function newestOf(bytes: Uint8Array, start: number, end: number): number {
  let newest = 0;
  for (let at = start; at + 2 <= end; at += 2) {
    const version = uint16(bytes, at);
    if (version >> 8 === 3 && version > newest) newest = version;
  }
  return newest;
}

/** Lower-case; anything that cannot be in a name becomes a space. */
function printable(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < Math.min(end, start + 255); i++) {
    text += bytes[i] > 32 && bytes[i] < 127 ? String.fromCharCode(bytes[i]) : " ";
  }
  return text.toLowerCase();
}
