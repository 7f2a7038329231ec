import { hexValue } from "../../bytes/ascii.ts";
import { Utf16Units } from "./utf16Units.ts";

/** Objects inside deeper ones than this are not told. */
const DEPTH_LIMIT = 64;
/** A longer string is cut there; no SIP message is that long. */
const STRING_LIMIT: number = 256 * 1024;
/** Members of one object that are kept. */
const MEMBERS_LIMIT = 256;

export type JsonScalar = string | number;

/** The members of an object that are no objects or arrays, by name, and those of the objects in it. Strings have one character for each byte of their UTF-8. */
export type JsonMembers = Map<string, JsonScalar>;

interface Container {
  readonly isObject: boolean;
  readonly members: JsonMembers;
  /** Of an object: the name of the member that comes next. */
  name: string;
  expectsName: boolean;
}

/**
 * Reads the objects in a stream of JSON, one value or many one after the other, each handed over as it closes with what `isDone` did not take yet. What is no
 * JSON is passed over: a string ends at the end of its line at the latest, and with it all that was open.
 */
export class JsonValues {
  readonly #onObject: (members: JsonMembers) => boolean;
  readonly #open: Container[] = [];
  #inString = false;
  /** Of the string or the word being read. */
  #text = "";
  #isWord = false;
  /** Characters of an escape that have come, behind its backslash. */
  #escape: string | undefined;
  readonly #units: Utf16Units = new Utf16Units();

  /** `onObject` says whether the object is done with; otherwise its members count as those of the object that it is in. */
  constructor(onObject: (members: JsonMembers) => boolean) {
    this.#onObject = onObject;
  }

  /** Something was begun and not ended. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  push(byte: number): void {
    if (this.#inString) return this.#pushString(byte);
    const character = String.fromCharCode(byte);
    if (this.#isWord && !WORD.test(character)) this.#endWord();
    switch (character) {
      case '"':
        this.#inString = true;
        this.#text = "";
        return;
      case "{":
      case "[":
        return this.#begin(character === "{");
      case "}":
      case "]":
        return this.#end();
      case ",": {
        const container = this.#open.at(-1);
        if (container !== undefined) container.expectsName = container.isObject;
        return;
      }
      default:
        if (WORD.test(character)) this.#pushWord(character);
    }
  }

  #pushWord(character: string): void {
    if (!this.#isWord) this.#text = "";
    this.#isWord = true;
    if (this.#text.length < 32) this.#text += character;
  }

  #endWord(): void {
    this.#isWord = false;
    const number = Number(this.#text);
    if (!Number.isNaN(number)) this.#value(number);
  }

  #begin(isObject: boolean): void {
    const members: JsonMembers = new Map();
    this.#open.push({ isObject, members, name: "", expectsName: isObject });
    if (this.#open.length > DEPTH_LIMIT * 4) this.#open.length = 0;
  }

  #end(): void {
    const closed = this.#open.pop();
    if (closed === undefined || this.#open.length > DEPTH_LIMIT) return;
    if (!closed.isObject) return this.#endArray(closed.members);
    if (this.#onObject(closed.members)) return;
    const outer = this.#open.findLast(({ isObject }) => isObject);
    if (outer === undefined || this.#open.at(-1) !== outer) return;
    for (const [name, value] of closed.members) this.#keep(outer.members, name, value);
  }

  /** A line behind its time in nanoseconds is as good as an object with these. */
  #endArray(items: JsonMembers): void {
    const [timestamp, line] = [items.get("0"), items.get("1")];
    if (items.size !== 2 || typeof line !== "string" || !/^[0-9]{19}$/.test(String(timestamp))) return;
    this.#onObject(
      new Map([
        ["timestamp", timestamp!],
        ["line", line],
      ]),
    );
  }

  #value(value: JsonScalar): void {
    const container = this.#open.at(-1);
    if (container === undefined) return;
    if (!container.isObject) {
      // No more than it takes to know that it is something else.
      if (container.members.size < 3) container.members.set(String(container.members.size), value);
    } else if (container.expectsName) {
      container.name = String(value);
      container.expectsName = false;
    } else this.#keep(container.members, container.name, value);
  }

  #keep(members: JsonMembers, name: string, value: JsonScalar): void {
    if (members.size < MEMBERS_LIMIT && !members.has(name)) members.set(name, value);
  }

  #pushString(byte: number): void {
    const character = String.fromCharCode(byte);
    if (this.#escape !== undefined) return this.#pushEscape(character);
    if (character === "\\") this.#escape = "";
    else if (character === '"') {
      this.#inString = false;
      this.#value(this.#text);
    } else if (character === "\n") {
      // No string of JSON goes over the end of a line: the rest of it was lost.
      this.#inString = false;
      this.#open.length = 0;
    } else this.#add(character);
  }

  #pushEscape(character: string): void {
    const escape = this.#escape + character;
    if (escape[0] !== "u" || escape.length === 5) {
      this.#escape = undefined;
      this.#add(escape[0] === "u" ? this.#unicode(escape) : (ESCAPES[escape] ?? escape));
    } else this.#escape = escape;
  }

  /** Of `u` and four digits. */
  #unicode(escape: string): string {
    let unit = 0;
    for (let i = 1; i < 5; i++) unit = unit * 16 + Math.max(0, hexValue(escape.charCodeAt(i)));
    return this.#units.textOf(unit);
  }

  #add(text: string): void {
    if (this.#text.length < STRING_LIMIT) this.#text += text;
  }
}

const WORD = /[\w.+-]/;

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
