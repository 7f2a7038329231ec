import { hexBytes } from "../../bytes/hexBytes.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import { ngrep } from "./ngrep.ts";

/** Without `-W byline` a message is a block of columns; a longer one is none. */
const BLOCK_LIMIT: number = 256 * 1024;
const INDENT = "  ";

/**
 * What ngrep prints without `-W byline`: behind its line about the packet the payload in a column, indented by two, with a dot for each CR and LF, and with `-x` the bytes
 * before it; with `-W single` the payload behind that line, with `-W none` the same in a line of its own. ngrep.c `dump_unwrapped`, `dump_formatted`.
 */
export class NgrepColumns {
  readonly #emit: (line: string) => void;
  /** The line before was ngrep's about a packet, or the block goes on. */
  #isInBlock = false;
  #block: string[] = [];
  #length = 0;

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  push(line: string): void {
    const isPart = this.#isInBlock && line.startsWith(INDENT) && this.#length < BLOCK_LIMIT;
    if (isPart) {
      this.#block.push(line.slice(INDENT.length));
      this.#length += line.length;
      return;
    }
    this.flush();
    const wasInBlock = this.#isInBlock;
    this.#isInBlock = ngrep.marker(line, false) !== undefined;
    const start = this.#isInBlock ? behindHead(line) : 0;
    const payload = line.slice(start);
    if (!(this.#isInBlock || wasInBlock) || !isMessage(payload)) return this.#emit(line);
    if (start > 0) this.#emit(line.slice(0, start).trimEnd());
    for (const each of linesOf([payload])) this.#emit(each);
  }

  flush(): void {
    const block = this.#block;
    this.#block = [];
    this.#length = 0;
    if (block.length > 0) for (const line of linesOf(block)) this.#emit(line);
  }
}

/** Where the payload begins in the line about its packet: behind the addresses, the flags of TCP and the number of the match. */
function behindHead(line: string): number {
  HEAD_END.lastIndex = line.indexOf(" -> ") + 4;
  return HEAD_END.test(line) ? HEAD_END.lastIndex : line.length;
}

const HEAD_END = /\S+ (?:\[[A-Z.]+\] )?(?:#\d+ )?/y;

/** As with `-W byline`, where a dot stands for the CR of each line. */
function linesOf(block: readonly string[]): readonly string[] {
  const text = block.join("");
  const bytes = block.map(bytesIn);
  const sent = bytes.every((part) => part !== undefined)
    ? bytes.map((part) => latin1Text(part)).join("")
    : isMessage(text) && text.replaceAll(/\.{2,}/g, lineEnds);
  return sent === false ? block.map((line) => INDENT + line) : sent.replaceAll("\r\n", ".\n").split("\n");
}

/** Of `-x`: sixteen bytes, with more blanks between the halves, before their characters. */
function bytesIn(line: string): Uint8Array | undefined {
  const digits = line.slice(0, 53).replaceAll(" ", "");
  return digits.length > 0 && digits.length % 2 === 0 ? hexBytes(digits) : undefined;
}

function isMessage(text: string): boolean {
  const end = text.indexOf("..");
  return end > 0 && (text.startsWith("SIP/2.0 ") || text.slice(0, end).endsWith(" SIP/2.0"));
}

/** A dot that is no half of a line end was sent: no line of a message begins with one. */
function lineEnds(dots: string): string {
  return `${dots.length % 2 === 1 ? "." : ""}${"\r\n".repeat(dots.length >> 1)}`;
}
