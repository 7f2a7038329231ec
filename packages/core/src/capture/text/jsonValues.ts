import { hexValue } from "../../bytes/ascii.ts";
import { Utf16Units } from "./utf16Units.ts";

/** Objects inside deeper ones than this are not told. */
const DEPTH_LIMIT = 64;
/** A longer string is cut there; no SIP message is that long. */
const STRING_LIMIT: number = 256 * 1024;
/** Members of one object that are kept. */
const MEMBERS_LIMIT = 256;
/** Values of one list that are kept. */
const ITEMS_LIMIT = 32;

export type JsonScalar = string | number;

/** The members of an object that are no objects or arrays, by name, and those of the objects in it. Strings have one character for each byte of their UTF-8. */
export type JsonMembers = Map<string, JsonScalar>;

/** What is done with the parts of JSON as they end. */
export interface JsonParts {
  /**
   * An object, by what it is called in the one around it, and what stands before it in the object or list that it is in. True where it is done with; otherwise
   * its members count as those of the object that it is in. Of a list in it the first value counts.
   */
  object(members: JsonMembers, name: string, around: JsonMembers | undefined, isInObject: boolean): boolean;
  /** A list in a list, such as a row of a table. */
  row(items: JsonMembers): void;
  /** A text in a list of several by its name, or in one that is not in an object. True where it is of a log: then so are all of the list. */
  item(text: string, name: string): boolean;
}

interface Container {
  readonly isObject: boolean;
  /** Of a list what comes first in it, by number. */
  readonly members: JsonMembers;
  /** Of a list how much has come. */
  count: number;
  /** Its texts are taken one by one. */
  isTaken: boolean;
  /** Of an object: the name of the member that comes next. */
  name: string;
  expectsName: boolean;
}

/**
 * Reads the objects in a stream of JSON, one value or many one after the other, each handed over as it closes. What is no
 * JSON is passed over: a string ends at the end of its line at the latest, and with it all that was open.
 */
export class JsonValues {
  readonly #parts: JsonParts;
  readonly #open: Container[] = [];
  #inString = false;
  /** Of the string or the word being read. */
  #text = "";
  #isWord = false;
  /** Characters of an escape that have come, behind its backslash. */
  #escape: string | undefined;
  readonly #units: Utf16Units = new Utf16Units();

  constructor(parts: JsonParts) {
    this.#parts = parts;
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
    this.#open.push({ isObject, members, count: 0, isTaken: false, name: "", expectsName: isObject });
    if (this.#open.length > DEPTH_LIMIT * 4) this.#open.length = 0;
  }

  #end(): void {
    const closed = this.#open.pop();
    if (closed === undefined || this.#open.length > DEPTH_LIMIT) return;
    const around = this.#open.at(-1);
    if (closed.isObject) this.#endObject(closed.members, around);
    else this.#endList(closed, around);
  }

  #endObject(members: JsonMembers, around: Container | undefined): void {
    const name = this.#open.findLast(({ isObject }) => isObject)?.name ?? "";
    if (this.#parts.object(members, name, around?.members, around?.isObject === true)) return;
    if (around?.isObject === true) for (const [member, value] of members) this.#keep(around.members, member, value);
  }

  #endList({ members, isTaken }: Container, around: Container | undefined): void {
    const first = members.get("0");
    if (isTaken || first === undefined) return;
    if (around?.isObject === true) this.#keep(around.members, around.name, first);
    else if (around !== undefined) this.#parts.row(members);
  }

  #value(value: JsonScalar): void {
    const container = this.#open.at(-1);
    if (container === undefined) return;
    if (!container.isObject) this.#item(container, value);
    else if (container.expectsName) {
      container.name = String(value);
      container.expectsName = false;
    } else this.#keep(container.members, container.name, value);
  }

  #item(list: Container, value: JsonScalar): void {
    const around = this.#open.at(-2);
    const number = list.count++;
    // Of a list in an object the first is told with the second: alone it stands for the member.
    if (typeof value === "string" && around?.isObject !== false && (around === undefined || number > 0)) {
      const name = around?.name ?? "";
      const first = list.members.get("0");
      if (number === 1 && typeof first === "string" && around !== undefined)
        list.isTaken = this.#parts.item(first, name);
      if (list.isTaken || number === 0) list.isTaken = this.#parts.item(value, name);
    }
    if (!list.isTaken && number < ITEMS_LIMIT) list.members.set(String(number), value);
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
