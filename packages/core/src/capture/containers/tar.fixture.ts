import { joined } from "../../bytes/joined.ts";

/** A file of a tar, made by hand. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type?: string;
  /** Said in the header, if not the length of `bytes`. */
  readonly size?: number;
}

/** A tar as GNU tar writes it: a long name stands in a member of its own. */
export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const { name, bytes, type = "0", size = bytes.length } of entries) {
    const longName = new TextEncoder().encode(`${name}\0`);
    if (name.length > 99) blocks.push(header("././@LongLink", longName.length, "L"), padded(longName));
    blocks.push(header(name.slice(0, 99), size, type), padded(bytes));
  }
  return joined([...blocks, new Uint8Array(1024)]);
}

function header(name: string, size: number, type: string): Uint8Array {
  const block = new Uint8Array(512);
  const write = (text: string, at: number): void => block.set(new TextEncoder().encode(text), at);
  write(name, 0);
  write("0000644\0", 100);
  write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  write("        ", 148);
  write(type, 156);
  write("ustar  \0", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(bytes: Uint8Array): Uint8Array {
  return joined([bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)]);
}
