import { GREATER, LESS, QUOTE, SEMICOLON } from "../bytes/ascii.ts";
import type { Flaw } from "./headerField.ts";
import { areParams, parseParams, type Params } from "./params.ts";
import { quotedStringEnd, unquote } from "./quotedString.ts";
import { indexOutside } from "./splitOutside.ts";
import { isToken, skipSpace, trimEnd } from "./token.ts";
import { uriFlaw } from "./uriFlaw.ts";

/** An address with an optional name, and the parameters of the header field that holds it. RFC 3261 §20.10 */
export interface NameAddr {
  readonly displayName?: string;
  /** As it was written, without `<>`. `*` in a Contact that removes all bindings. */
  readonly uri: string;
  /** Of the header field; those of the URI stay in it. */
  readonly params: Params;
  readonly tag?: string;
}

interface Parts {
  readonly name: string;
  readonly uri: string;
  /** From the first `;` on. */
  readonly params: string;
  readonly bracketed: boolean;
}

/** Reads `Name <uri>;params` and `uri;params`; without brackets what follows the first `;` belongs to the field. §20 */
export function parseNameAddr(text: string): NameAddr | undefined {
  const { name, uri, params } = takeApart(text);
  if (uri === "") return undefined;
  const read = parseParams(params);
  return { displayName: name === "" ? undefined : unquote(name), uri, params: read, tag: read.get("tag") };
}

/** What breaks the grammar of `name-addr` or `addr-spec`. RFC 3261 §25.1 */
export function nameAddrFlaw(text: string): Flaw | undefined {
  const { name, uri, params, bracketed } = takeApart(text);
  if (bracketed ? !isDisplayName(name) : hidesParameters(uri)) return "field-syntax";
  return uriFlaw(bracketed ? betweenBrackets(text, name) : uri) ?? (areParams(params) ? undefined : "field-syntax");
}

function takeApart(text: string): Parts {
  const open = openingBracket(text);
  if (open >= 0) {
    const close = text.indexOf(">", open);
    const end = close < 0 ? text.length : close;
    const uri = text.slice(open + 1, end).trim();
    return { name: text.slice(0, trimEnd(text, 0, open)), uri, params: rest(text, end + 1), bracketed: true };
  }
  const semicolon = indexOutside(text, SEMICOLON, 0);
  const end = semicolon < 0 ? text.length : semicolon;
  return { name: "", uri: text.slice(0, trimEnd(text, 0, end)), params: rest(text, end), bracketed: false };
}

/** The `<` after the display name; a quoted one may hold brackets. */
function openingBracket(text: string): number {
  const afterName = text.charCodeAt(0) === QUOTE ? quotedStringEnd(text, 0) : 0;
  const open = text.indexOf("<", Math.max(afterName, 0));
  const semicolon = afterName > 0 ? -1 : text.indexOf(";");
  return open >= 0 && semicolon >= 0 && semicolon < open && text.indexOf(":") < semicolon && text.includes(":")
    ? -1
    : open;
}

function rest(text: string, start: number): string {
  return text.slice(skipSpace(text, start));
}

function betweenBrackets(text: string, name: string): string {
  const open = text.indexOf("<", name.length);
  const close = text.indexOf(String.fromCharCode(GREATER), open);
  return close < 0 ? "" : text.slice(open + 1, close);
}

/** Without brackets a URI may not hold `,`, `;` or `?`. RFC 3261 §20 */
function hidesParameters(uri: string): boolean {
  return uri.includes("?") || uri.includes(",") || uri.charCodeAt(0) === LESS;
}

/** Nothing, one quoted string, or tokens. RFC 3261 §25.1 display-name */
function isDisplayName(name: string): boolean {
  if (name === "") return true;
  if (name.charCodeAt(0) === QUOTE) return quotedStringEnd(name, 0) === name.length;
  return name.split(/[ \t]/).every((word) => word === "" || isToken(word));
}
