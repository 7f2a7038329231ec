import { isDigit, isHexDigit, isLetter } from "../bytes/ascii.ts";
import type { Flaw } from "./headerField.ts";
import { parseUri, splitHostPort } from "./uri.ts";

const MARK = "-_.!~*'()";
const USER = `${MARK}&=+$,;?/`;
const PASSWORD = `${MARK}&=+$,`;
const PARAMETER = `${MARK}[]/:&+$`;
const HEADER = `${MARK}[]/?:+$`;

/** What breaks the grammar of a URI; any scheme but sip and sips is only checked for white space. RFC 3261 §25.1 */
export function uriFlaw(text: string): Flaw | undefined {
  const uri = parseUri(text);
  if (uri === undefined) return "field-syntax";
  if (uri.scheme !== "sip" && uri.scheme !== "sips") return isPlain(uri.opaque) ? undefined : "field-syntax";
  const at = uri.opaque.indexOf("@");
  const user = at < 0 ? undefined : uri.opaque.slice(0, at);
  return userFlaw(user) ?? addressFlaw(uri.opaque.slice(at + 1));
}

function userFlaw(userinfo: string | undefined): Flaw | undefined {
  if (userinfo === undefined) return undefined;
  const colon = userinfo.indexOf(":");
  const user = colon < 0 ? userinfo : userinfo.slice(0, colon);
  if (user === "") return "field-syntax";
  return charsFlaw(user, USER) ?? (colon < 0 ? undefined : charsFlaw(userinfo.slice(colon + 1), PASSWORD));
}

function addressFlaw(text: string): Flaw | undefined {
  const question = text.indexOf("?");
  const beforeHeaders = question < 0 ? text : text.slice(0, question);
  const [hostPort, ...params] = beforeHeaders.split(";");
  if (!isHostPort(hostPort)) return "field-syntax";
  const headers = question < 0 ? [] : text.slice(question + 1).split("&");
  if (params.includes("") || headers.some((header) => !header.includes("="))) return "field-syntax";
  for (const param of params) {
    const flaw = pairFlaw(param, PARAMETER);
    if (flaw !== undefined) return flaw;
  }
  for (const header of headers) {
    const flaw = pairFlaw(header, HEADER);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function pairFlaw(pair: string, extra: string): Flaw | undefined {
  const equal = pair.indexOf("=");
  if (equal < 0) return charsFlaw(pair, extra);
  if (equal === 0) return "field-syntax";
  return charsFlaw(pair.slice(0, equal), extra) ?? charsFlaw(pair.slice(equal + 1), extra);
}

/** Letters, digits, `%HH` and `extra`. */
function charsFlaw(text: string, extra: string): Flaw | undefined {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLetter(code) || isDigit(code) || extra.includes(text[i])) continue;
    if (code !== 37) return "field-syntax";
    if (!isHexDigit(text.charCodeAt(i + 1)) || !isHexDigit(text.charCodeAt(i + 2))) return "escape";
    i += 2;
  }
  return undefined;
}

/** `host` or `host:port`, host being a name, an IPv4 address or a bracketed IPv6 address. RFC 3261 §25.1 hostport */
export function isHostPort(text: string): boolean {
  const { host, port } = splitHostPort(text);
  const bracketed = text.startsWith("[");
  const rest = bracketed ? text.slice(text.indexOf("]") + 1) : text.slice(host.length);
  if (rest !== "" && !isPort(rest, port)) return false;
  return bracketed ? isIpv6(host) : isHostName(host);
}

function isPort(rest: string, port: string): boolean {
  if (!rest.startsWith(":") || port === "" || port.length > 5) return false;
  for (let i = 0; i < port.length; i++) if (!isDigit(port.charCodeAt(i))) return false;
  return Number(port) <= 65535;
}

/** Deviation: `_` passes, as half the names inside container networks have it. RFC 3261 §25.1 hostname */
function isHostName(host: string): boolean {
  for (let i = 0; i < host.length; i++) {
    const code = host.charCodeAt(i);
    if (!isLetter(code) && !isDigit(code) && !"-._".includes(host[i])) return false;
  }
  return host !== "" && !host.startsWith(".") && !host.includes("..");
}

/** Deviation: three colons before an IPv4 part pass, as a slip in the grammar of RFC 3261 makes them. RFC 5118 §4.10 */
function isIpv6(host: string): boolean {
  let colons = 0;
  for (let i = 0; i < host.length; i++) {
    const code = host.charCodeAt(i);
    if (host[i] === ":") colons++;
    else if (!isHexDigit(code) && host[i] !== ".") return false;
  }
  return colons >= 2 && colons <= 9;
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code > 126 || '<>"'.includes(text[i])) return false;
  }
  return text !== "";
}
