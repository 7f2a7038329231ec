import { decodeText } from "../../bytes/text.ts";
import type { ByteSource } from "./byteSource.ts";
import { joined } from "../../bytes/joined.ts";
import type { ContainerReading, Member } from "./member.ts";

export const TAR_BLOCK = 512;
/** Names and attributes that stand in members of their own; longer ones are not read. */
const ATTRIBUTES_LIMIT: number = 64 * 1024;

/** True where a header block is at `start`: its checksum says so. POSIX.1-2017 pax, "ustar Interchange Format". */
export function isTarHeader(bytes: Uint8Array, start: number): boolean {
  if (bytes.length - start < TAR_BLOCK || bytes[start] === 0) return false;
  const stated = octal(bytes, start + 148, 8);
  let sum = 0;
  for (let i = 0; i < TAR_BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : bytes[start + i];
  return stated === sum;
}

/**
 * The plain files of a tar, one after the other. Folders, links and the like are passed over; sparse files, whose bytes are not what they
 * were, are counted as not read. A header that makes no sense ends it.
 */
export async function* tarMembers(source: ByteSource, { tell, room }: ContainerReading): AsyncGenerator<Member> {
  const reader = new BlockReader(source);
  const attributes: Attributes = {};
  try {
    for (;;) {
      const header = await reader.take(TAR_BLOCK);
      // Two blocks of zeros end it; many programs write one, or none.
      if (header.length === 0 || header[0] === 0) return;
      if (header.length < TAR_BLOCK) return tell({ kind: "file-cut" });
      const entry = isTarHeader(header, 0) ? entryOf(header, attributes) : undefined;
      if (entry === undefined) return tell({ kind: "file-damaged" });
      const { kind, size } = entry;
      if (kind === "attributes" && size <= ATTRIBUTES_LIMIT) {
        readAttributes(attributes, header[TYPE_AT], await reader.take(size));
        await reader.skip(paddingOf(size));
        continue;
      }
      if (kind === "file") {
        const chunks = await reader.takeChunks(Math.min(size, room()));
        const isCut = lengthOf(chunks) < size;
        yield { name: entry.name, chunks, isCut };
        if (room() <= 0) return tell({ kind: "limit-reached", values: { limit: "container-bytes" } });
        if (isCut) return;
      } else {
        if (kind === "sparse") tell({ kind: "members-skipped" });
        await reader.skip(size);
      }
      await reader.skip(paddingOf(size));
      for (const key of ["name", "size", "isSparse"] as const) delete attributes[key];
    }
  } finally {
    await source.return?.();
  }
}

/** What members before a file say about it. */
interface Attributes {
  name?: string;
  size?: number;
  isSparse?: boolean;
}

interface Entry {
  readonly kind: "file" | "attributes" | "sparse" | "other";
  readonly name: string;
  readonly size: number;
}

const TYPE_AT = 156;
const NAME_LIMIT = 1024;

function entryOf(header: Uint8Array, attributes: Attributes): Entry | undefined {
  const size = attributes.size ?? numeric(header, 124, 12);
  if (!Number.isSafeInteger(size) || size < 0) return undefined;
  const prefix = isUstar(header) ? textAt(header, 345, 155) : "";
  const own = textAt(header, 0, 100);
  const name = attributes.name ?? (prefix === "" ? own : `${prefix}/${own}`);
  return { kind: kindOf(String.fromCharCode(header[TYPE_AT]), name, attributes), name, size };
}

/** `L` and `K` are GNU's long names and link names, `x` and `g` attributes of pax, `S` GNU's sparse files. */
function kindOf(type: string, name: string, { isSparse = false }: Attributes): Entry["kind"] {
  if (type === "x" || type === "g" || type === "L" || type === "K") return "attributes";
  if (type === "S" || isSparse) return "sparse";
  const isFile = type === "0" || type === "\0" || type === "7";
  return isFile && !name.endsWith("/") ? "file" : "other";
}

function readAttributes(attributes: Attributes, type: number, bytes: Uint8Array): void {
  if (type === 0x4c) attributes.name = textAt(bytes, 0, bytes.length);
  if (type === 0x78) readPax(attributes, bytes);
}

/** Lines `27 path=captures/day1.pcap`, the number being the length of the whole line. */
function readPax(attributes: Attributes, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at);
    const length = blank < 0 || blank - at > 8 ? 0 : Number(decodeText(bytes, at, blank));
    if (!(length > blank - at) || at + length > bytes.length) return;
    const line = decodeText(bytes, blank + 1, at + length - 1);
    const equals = line.indexOf("=");
    const [key, value] = [line.slice(0, equals), line.slice(equals + 1)];
    if (key === "path") attributes.name = value.slice(0, NAME_LIMIT);
    if (key === "size") attributes.size = Number(value);
    if (key.startsWith("GNU.sparse.")) attributes.isSparse = true;
    at += length;
  }
}

function isUstar(header: Uint8Array): boolean {
  return decodeText(header, 257, 262) === "ustar" && header[262] === 0;
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  const zero = bytes.indexOf(0, start);
  const end = zero < 0 || zero > start + length ? start + length : zero;
  return decodeText(bytes, start, Math.min(end, start + NAME_LIMIT));
}

/** Octal digits, or, for what is too large for them, a number in base 256 that the highest bit announces. */
function numeric(bytes: Uint8Array, start: number, length: number): number {
  if ((bytes[start] & 0x80) === 0) return octal(bytes, start, length);
  let value = bytes[start] & 0x7f;
  for (let i = 1; i < length; i++) value = value * 256 + bytes[start + i];
  return value;
}

/** -1 where it is none. */
function octal(bytes: Uint8Array, start: number, length: number): number {
  let at = start;
  while (at < start + length && bytes[at] === 0x20) at++;
  let value = 0;
  for (; at < start + length && bytes[at] !== 0 && bytes[at] !== 0x20; at++) {
    if (bytes[at] < 0x30 || bytes[at] > 0x37) return -1;
    value = value * 8 + bytes[at] - 0x30;
  }
  return value;
}

function paddingOf(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

function lengthOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, { length }) => sum + length, 0);
}

/** Takes so many bytes at a time out of chunks of any size, without copying. */
class BlockReader {
  readonly #source: ByteSource;
  #chunk: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Fewer only at the end. */
  async take(length: number): Promise<Uint8Array> {
    return joined(await this.takeChunks(length));
  }

  async takeChunks(length: number): Promise<Uint8Array[]> {
    const chunks: Uint8Array[] = [];
    await this.#each(length, (chunk) => chunks.push(chunk));
    return chunks;
  }

  async skip(length: number): Promise<void> {
    await this.#each(length, () => {});
  }

  async #each(length: number, use: (chunk: Uint8Array) => void): Promise<void> {
    for (let missing = length; missing > 0;) {
      if (this.#chunk.length === 0) {
        const { done, value } = await this.#source.next();
        if (done === true) return;
        this.#chunk = value;
      }
      const taken = this.#chunk.subarray(0, missing);
      this.#chunk = this.#chunk.subarray(taken.length);
      missing -= taken.length;
      if (taken.length > 0) use(taken);
    }
  }
}
