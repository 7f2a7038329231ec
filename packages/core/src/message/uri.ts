import { canonicalAddress } from "../network/ipAddress.ts";
import { parseNumber, parseParams, type Params } from "./params.ts";

/** A URI taken apart. What is escaped with `%HH` is unescaped once in `user`, `password`, parameters and headers. */
export interface Uri {
  /** Lower-case: `sip`, `sips`, `tel`, or any other. */
  readonly scheme: string;
  /** sip and sips: the user part; tel: the number. */
  readonly user?: string;
  readonly password?: string;
  /** sip and sips: lower-case, an IPv6 address in its one form and without its brackets; `""` for all other schemes. */
  readonly host: string;
  readonly port?: number;
  readonly params: Params;
  /** Header fields that the URI asks for (`?Replaces=…`), by lower-case name. RFC 3261 §19.1.1 */
  readonly headers: Params;
  /** All that follows the scheme, as it was. */
  readonly opaque: string;
}

const NONE: Params = new Map();

// The same few URIs come again in every message of a call; rules ask for them time after time.
const MOST_REMEMBERED = 2048;
const LONGEST_REMEMBERED = 200;
const remembered: Map<string, Uri | undefined> = new Map();

/** Takes a URI apart; `undefined` where there is no scheme. RFC 3261 §19.1.1, RFC 3966 §3 */
export function parseUri(text: string): Uri | undefined {
  if (text.length > LONGEST_REMEMBERED) return takeApart(text);
  const known = remembered.get(text);
  if (known !== undefined || remembered.has(text)) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const uri = takeApart(text);
  remembered.set(text, uri);
  return uri;
}

function takeApart(text: string): Uri | undefined {
  const colon = text.indexOf(":");
  if (!isScheme(text, colon)) return undefined;
  const scheme = text.slice(0, colon).toLowerCase();
  const opaque = text.slice(colon + 1);
  if (scheme === "sip" || scheme === "sips") return parseSipUri(scheme, opaque);
  if (scheme === "tel") return parseTelUri(opaque);
  return { scheme, host: "", params: NONE, headers: NONE, opaque };
}

function parseSipUri(scheme: string, opaque: string): Uri {
  const at = opaque.indexOf("@");
  const userinfo = at < 0 ? undefined : opaque.slice(0, at);
  const passwordAt = userinfo === undefined ? -1 : userinfo.indexOf(":");
  const rest = opaque.slice(at + 1);
  const question = rest.indexOf("?");
  const beforeHeaders = question < 0 ? rest : rest.slice(0, question);
  const semicolon = beforeHeaders.indexOf(";");
  const hostPort = splitHostPort(semicolon < 0 ? beforeHeaders : beforeHeaders.slice(0, semicolon));
  return {
    scheme,
    user: userinfo === undefined ? undefined : unescapeUri(passwordAt < 0 ? userinfo : userinfo.slice(0, passwordAt)),
    password: userinfo === undefined || passwordAt < 0 ? undefined : unescapeUri(userinfo.slice(passwordAt + 1)),
    host: hostPort.host.toLowerCase(),
    port: parseNumber(hostPort.port),
    params: semicolon < 0 ? NONE : escapedParams(beforeHeaders.slice(semicolon + 1), ";"),
    headers: question < 0 ? NONE : escapedParams(rest.slice(question + 1), "&"),
    opaque,
  };
}

function parseTelUri(opaque: string): Uri {
  const semicolon = opaque.indexOf(";");
  return {
    scheme: "tel",
    user: unescapeUri(semicolon < 0 ? opaque : opaque.slice(0, semicolon)),
    host: "",
    params: semicolon < 0 ? NONE : parseParams(opaque.slice(semicolon + 1)),
    headers: NONE,
    opaque,
  };
}

/**
 * `host:port` in two; `port` is what stood after the colon. An IPv6 reference loses its brackets, and the colons within it start
 * no port; it is written in many ways, of which this gives one. RFC 5118 §4.3, RFC 5952 §4
 */
export function splitHostPort(text: string): { host: string; port: string } {
  const close = text.startsWith("[") ? text.indexOf("]") : -1;
  const colon = text.indexOf(":", close + 1);
  const end = colon < 0 ? text.length : colon;
  const host = close < 0 ? text.slice(0, end) : canonicalAddress(text.slice(1, close));
  return { host, port: text.slice(end + 1) };
}

/** Scheme, user and host with port: what a person calls the address. Any other scheme up to its parameters. */
export function uriWithoutParameters(uri: string): string {
  const at = uri.indexOf("@");
  const start = at < 0 ? uri.indexOf(":") + 1 : at + 1;
  const semicolon = uri.indexOf(";", start);
  const question = uri.indexOf("?", start);
  const end = semicolon < 0 ? question : question < 0 ? semicolon : Math.min(semicolon, question);
  return end < 0 ? uri : uri.slice(0, end);
}

/** The user without what a `;` adds to a number, such as `rn` of number portability (RFC 4694); `""` where there is none. */
export function userWithoutParameters({ user = "" }: Pick<Uri, "user">): string {
  return user.split(";", 1)[0];
}

/** Replaces each `%HH` by its character, once; what is no escape stays as it is. RFC 3261 §19.1.2, RFC 4475 §3.1.1.3 */
export function unescapeUri(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%[0-7][0-9A-Fa-f]/g, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
  }
}

function escapedParams(text: string, separator: string): Params {
  const params = new Map<string, string>();
  for (const piece of text.split(separator, 256)) {
    const equal = piece.indexOf("=");
    const name = unescapeUri(equal < 0 ? piece : piece.slice(0, equal)).toLowerCase();
    if (name !== "" && !params.has(name)) params.set(name, equal < 0 ? "" : unescapeUri(piece.slice(equal + 1)));
  }
  return params;
}

function isScheme(text: string, colon: number): boolean {
  if (colon < 1 || !/^[a-z]/i.test(text)) return false;
  for (let i = 1; i < colon; i++) {
    if (!/[a-z0-9+.-]/i.test(text[i])) return false;
  }
  return true;
}
