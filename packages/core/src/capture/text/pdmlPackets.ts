import { GREATER, LESS, QUOTE } from "../../bytes/ascii.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import type { JsonMembers } from "./jsonValues.ts";
import { isDissected } from "./layer.ts";
import { type Dissected, PacketDissection } from "./packetDissection.ts";
import { withoutEntities } from "./withoutEntities.ts";

/** A longer tag is passed over: no packet is that long, with all of it twice in hexadecimal. */
const TAG_LIMIT: number = 1024 * 1024;
/** Protocols in each other. */
const DEPTH_LIMIT = 64;

interface OpenProtocol {
  readonly name: string;
  readonly fields: JsonMembers;
}

/**
 * The packets of PDML, as `tshark -T pdml` prints and Wireshark exports it: `<packet>`, in it `<proto name="udp">`, in it
 * `<field name="udp.srcport" show="5060" value="13c4"/>`.
 */
export class PdmlPackets {
  readonly #onDissected: (dissected: Dissected) => void;
  readonly #dissection: PacketDissection = new PacketDissection();
  #open: OpenProtocol[] = [];
  /** What has come of a tag behind its `<`; undefined between tags. */
  #tag: string | undefined;
  #isQuoted = false;
  #isInPacket = false;

  constructor(onDissected: (dissected: Dissected) => void) {
    this.#onDissected = onDissected;
  }

  /** A packet was begun and not ended. */
  get isOpen(): boolean {
    return this.#isInPacket;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    let at = start;
    while (at < end) {
      if (this.#tag === undefined) {
        const begin = bytes.indexOf(LESS, at);
        if (begin < 0 || begin >= end) return;
        this.#tag = "";
        this.#isQuoted = false;
        at = begin + 1;
        continue;
      }
      const close = this.#tagEnd(bytes, at, end);
      if (this.#tag.length < TAG_LIMIT) this.#tag += latin1Text(bytes, at, close);
      at = close + 1;
      if (close >= end) return;
      const tag = this.#tag;
      this.#tag = undefined;
      if (tag.length < TAG_LIMIT) this.#read(tag);
    }
  }

  /** A `>` may stand in a value. */
  #tagEnd(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    for (; at < end; at++) {
      if (bytes[at] === QUOTE) this.#isQuoted = !this.#isQuoted;
      else if (bytes[at] === GREATER && !this.#isQuoted) break;
    }
    return at;
  }

  #read(tag: string): void {
    if (tag.startsWith("field ")) this.#field(tag);
    else if (tag === "packet") this.#isInPacket = true;
    else if (tag.startsWith("proto ") && this.#open.length < DEPTH_LIMIT) {
      const name = attribute(tag, "name") ?? "";
      if (!tag.endsWith("/")) this.#open.push({ name, fields: new Map() });
    } else if (tag === "/proto") {
      const closed = this.#open.pop();
      if (closed !== undefined) this.#dissection.push(closed.name, closed.fields);
    } else if (tag === "/packet") {
      this.#open = [];
      this.#isInPacket = false;
      const dissected = this.#dissection.take(new Map());
      if (dissected !== undefined) this.#onDissected(dissected);
    }
  }

  #field(tag: string): void {
    const fields = this.#open.at(-1)?.fields;
    const name = attribute(tag, "name");
    if (fields === undefined || name === undefined || !isDissected(name) || fields.has(name)) return;
    fields.set(name, withoutEntities(attribute(tag, "show") ?? ""));
  }
}

/** The value of an attribute, as it stands there. */
function attribute(tag: string, name: string): string | undefined {
  const at = tag.indexOf(` ${name}="`);
  if (at < 0) return undefined;
  const start = at + name.length + 3;
  const end = tag.indexOf('"', start);
  return end < 0 ? undefined : tag.slice(start, end);
}
