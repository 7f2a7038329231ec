import { uint16Little } from "../../bytes/integers.ts";
import { isTarHeader, TAR_BLOCK } from "./tar.ts";

/** What a file is packed with. Those that cannot be unpacked here are known so that it can be said. */
export type ContainerKind = "gzip" | "zstd" | "tar" | "zip" | "xz" | "bzip2" | "7z" | "rar" | "lz4" | "compress";

/** How many bytes it takes to tell. */
export const CONTAINER_HEAD: number = TAR_BLOCK;

const magics: readonly (readonly [ContainerKind, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["rar", [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ["lz4", [0x04, 0x22, 0x4d, 0x18]],
  ["compress", [0x1f, 0x9d]],
];

const SKIPPABLE: readonly number[] = [0x2a, 0x4d, 0x18];

/** Told by content, never by name; undefined for what is not packed. */
export function containerKind(head: Uint8Array): ContainerKind | undefined {
  // Frames that say how long the next one is, as pzstd writes them. RFC 8878
  if (head[0] >> 4 === 5 && SKIPPABLE.every((byte, index) => head[index + 1] === byte)) return "zstd";
  for (const [kind, magic] of magics)
    if (magic.every((byte, index) => head[index] === byte)) return confirmed(kind, head);
  return isTarHeader(head, 0) ? "tar" : undefined;
}

/** Three letters alone may be the beginning of a text: of bzip2 the block size and the magic of the first block follow. */
function confirmed(kind: ContainerKind, head: Uint8Array): ContainerKind | undefined {
  if (kind !== "bzip2") return kind;
  return head[3] >= 0x31 && head[3] <= 0x39 && uint16Little(head, 4) === 0x4131 ? kind : undefined;
}
