import { COLON, SEMICOLON } from "../bytes/ascii.ts";
import { type Flaw, headerField, type HeaderField } from "./headerField.ts";
import { areParams, numberParam, parseNumber, parseParams, type Params } from "./params.ts";
import { indexOutside } from "./splitOutside.ts";
import { isToken } from "./token.ts";
import { splitHostPort } from "./uri.ts";
import { isHostPort } from "./uriFlaw.ts";

/** One element that the request passed, and where responses to it go. */
export interface Via {
  /** `SIP/2.0/UDP`. */
  readonly sentProtocol: string;
  /** Upper-case: `UDP`. */
  readonly transport: string;
  /** `host:port` as it was written. */
  readonly sentBy: string;
  /** An IPv6 address without its brackets. */
  readonly host: string;
  readonly port?: number;
  readonly params: Params;
  readonly branch?: string;
  /** Where the request came from, an IPv6 address without the brackets that some write. RFC 5118 §4.5 */
  readonly received?: string;
  /** The port that was filled in; `params.has("rport")` tells whether it was asked for. RFC 3581 §3 */
  readonly rport?: number;
}

/** Every branch of an RFC 3261 element begins so. RFC 3261 §8.1.1.7 */
export const MAGIC_COOKIE = "z9hG4bK";

/** The elements that the request passed, the latest first. RFC 3261 §20.42 */
export const via: HeaderField<Via> = headerField({
  name: "Via",
  compact: "v",
  list: true,
  citation: "RFC 3261 §20.42",
  parse: parseVia,
  flaw: viaFlaw,
});

function parseVia(text: string): Via | undefined {
  const match = takeApart(text);
  if (match === undefined) return undefined;
  const params = parseParams(match.params);
  const { host, port } = splitHostPort(match.sentBy);
  return {
    sentProtocol: match.protocol.join("/"),
    transport: match.protocol[2].toUpperCase(),
    sentBy: match.sentBy,
    host,
    port: parseNumber(port),
    params,
    branch: params.get("branch"),
    received: withoutBrackets(params.get("received")),
    rport: numberParam(params, "rport"),
  };
}

function withoutBrackets(address: string | undefined): string | undefined {
  return address?.startsWith("[") || address?.endsWith("]") ? address.replace(/^\[|\]$/g, "") : address;
}

function viaFlaw(text: string, value: Via): Flaw | undefined {
  const parts = takeApart(text);
  if (parts === undefined || !isHostPort(parts.sentBy) || !areParams(parts.params)) return "field-syntax";
  if (value.params.get("received")?.startsWith("[")) return "field-syntax";
  return value.branch?.toLowerCase() === MAGIC_COOKIE.toLowerCase() ? "field-value" : undefined;
}

/** `SIP / 2.0 / UDP host : port ;params`; white space may stand round each separator. RFC 3261 §25.1 via-parm */
function takeApart(text: string): { protocol: string[]; sentBy: string; params: string } | undefined {
  const semicolon = indexOutside(text, SEMICOLON, 0);
  const head = semicolon < 0 ? text : text.slice(0, semicolon);
  const first = head.indexOf("/");
  const second = head.indexOf("/", first + 1);
  if (first < 0 || second < 0) return undefined;
  const afterTransport = head.slice(second + 1).trimStart();
  const space = blankIn(afterTransport);
  if (space < 0) return undefined;
  const protocol = [head.slice(0, first).trim(), head.slice(first + 1, second).trim(), afterTransport.slice(0, space)];
  const sentBy = withoutSpaceRoundColon(afterTransport.slice(space).trim());
  if (!protocol.every(isToken) || sentBy === "") return undefined;
  return { protocol, sentBy, params: semicolon < 0 ? "" : text.slice(semicolon) };
}

/** Index of the first space or tab, or -1. */
function blankIn(text: string): number {
  const space = text.indexOf(" ");
  const tab = text.indexOf("\t");
  return space < 0 || (tab >= 0 && tab < space) ? tab : space;
}

function withoutSpaceRoundColon(sentBy: string): string {
  const separator = String.fromCharCode(COLON);
  if (!sentBy.includes(" ") && !sentBy.includes("\t")) return sentBy;
  return sentBy
    .split(separator)
    .map((piece) => piece.trim())
    .join(separator);
}
