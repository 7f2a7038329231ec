import { uint16Little, uint32Little } from "../../bytes/integers.ts";
import { decodeText } from "../../bytes/text.ts";
import { joined } from "../../bytes/joined.ts";
import type { ByteSource } from "./byteSource.ts";
import type { ContainerReading, Member } from "./member.ts";

const CENTRAL_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const END_LENGTH = 22;
const COMMENT_LIMIT = 0xffff;
const NAME_LIMIT = 1024;

/** The files of a zip, in the order of its directory, which stands at its end. APPNOTE.TXT 4.3. */
export async function* zipMembers(source: ByteSource, reading: ContainerReading): AsyncGenerator<Member> {
  const bytes = await readAll(source, reading);
  if (bytes === undefined) return;
  const end = endRecord(bytes);
  // Without its end there is no directory: it was cut.
  if (end < 0) return reading.tell({ kind: "file-cut" });
  const size = uint32Little(bytes, end + 12);
  // What was put before the zip, a program that unpacks it for instance, moves everything.
  const moved = end - size - uint32Little(bytes, end + 16);
  if (moved < 0) return reading.tell({ kind: "container-unread", values: { container: "zip64" } });
  let at = end - size;
  for (let count = uint16Little(bytes, end + 10); count > 0; count--) {
    if (at + CENTRAL_LENGTH > end || uint32Little(bytes, at) !== CENTRAL_SIGNATURE)
      return reading.tell({ kind: "file-damaged" });
    const member = memberAt(bytes, at, moved, reading);
    if (member !== undefined) yield member;
    at += CENTRAL_LENGTH + uint16Little(bytes, at + 28) + uint16Little(bytes, at + 30) + uint16Little(bytes, at + 32);
  }
}

async function readAll(source: ByteSource, { tell, room }: ContainerReading): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let left = room();
  for (;;) {
    const { done, value } = await source.next();
    if (done === true) return joined(chunks);
    chunks.push(value);
    left -= value.length;
    if (left < 0) {
      await source.return?.();
      tell({ kind: "limit-reached", values: { limit: "container-bytes" } });
      return undefined;
    }
  }
}

/** Offset of the end record, before which only a comment may stand; -1 where there is none. */
function endRecord(bytes: Uint8Array): number {
  const last = bytes.length - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - COMMENT_LIMIT); at--) {
    if (bytes[at] === 0x50 && uint32Little(bytes, at) === END_SIGNATURE) return at;
  }
  return -1;
}

function memberAt(bytes: Uint8Array, at: number, moved: number, { tell }: ContainerReading): Member | undefined {
  const flags = uint16Little(bytes, at + 8);
  const method = uint16Little(bytes, at + 10);
  const nameAt = at + CENTRAL_LENGTH;
  const name = decodeText(bytes, nameAt, Math.min(nameAt + uint16Little(bytes, at + 28), nameAt + NAME_LIMIT));
  if (name.endsWith("/")) return undefined;
  if ((flags & 1) !== 0 || (method !== 0 && method !== 8)) {
    const container = (flags & 1) === 0 ? `zip method ${method}` : "zip with a password";
    tell({ kind: "container-unread", values: { container } });
    return undefined;
  }
  const header = moved + uint32Little(bytes, at + 42);
  const start = header + LOCAL_LENGTH + (header + LOCAL_LENGTH <= bytes.length ? lengthOfNames(bytes, header) : 0);
  const end = start + uint32Little(bytes, at + 20);
  const chunks = [bytes.subarray(start, end)];
  return { name, chunks, isCut: end > bytes.length, isDeflated: method === 8 };
}

function lengthOfNames(bytes: Uint8Array, header: number): number {
  return uint16Little(bytes, header + 26) + uint16Little(bytes, header + 28);
}
