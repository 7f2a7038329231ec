import { COMMA, EQUAL } from "../bytes/ascii.ts";
import { isParam, parseParams, type Params } from "./params.ts";
import { indexOutside, splitOutside } from "./splitOutside.ts";
import { isToken, skipSpace, tokenEnd } from "./token.ts";

/** What a server demands. Values are without their quotes; `""` where a parameter is absent. */
export interface Challenge {
  /** As written: `Digest`. */
  readonly scheme: string;
  readonly realm: string;
  readonly nonce: string;
  /** As written; `""` means MD5. RFC 7616 §3.3 */
  readonly algorithm: string;
  readonly qop: string;
  readonly opaque: string;
  readonly stale: boolean;
  readonly params: Params;
}

/** True for 401 and 407. RFC 3261 §22.2, §22.3 */
export function isChallenge(statusCode: number): boolean {
  return statusCode === 401 || statusCode === 407;
}

/** What a client answers. Values are without their quotes; `""` where a parameter is absent. */
export interface Credentials {
  readonly scheme: string;
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: string;
  readonly cnonce: string;
  readonly opaque: string;
  readonly qop: string;
  readonly nc: string;
  readonly params: Params;
}

/** RFC 3261 §20.44, RFC 7616 §3.3 */
export function parseChallenge(text: string): Challenge | undefined {
  const scheme = schemeOf(text);
  if (scheme === "") return undefined;
  const params = parametersOf(text, scheme);
  const value = (name: string): string => params.get(name) ?? "";
  return {
    scheme,
    realm: value("realm"),
    nonce: value("nonce"),
    algorithm: value("algorithm"),
    qop: value("qop"),
    opaque: value("opaque"),
    stale: value("stale").toLowerCase() === "true",
    params,
  };
}

/** RFC 3261 §20.7, RFC 7616 §3.4 */
export function parseCredentials(text: string): Credentials | undefined {
  const scheme = schemeOf(text);
  if (scheme === "") return undefined;
  const params = parametersOf(text, scheme);
  const value = (name: string): string => params.get(name) ?? "";
  return {
    scheme,
    username: value("username"),
    realm: value("realm"),
    nonce: value("nonce"),
    uri: value("uri"),
    response: value("response"),
    algorithm: value("algorithm"),
    cnonce: value("cnonce"),
    opaque: value("opaque"),
    qop: value("qop"),
    nc: value("nc"),
    params,
  };
}

/** Parameters separated by commas, of any scheme. RFC 3261 §25.1 */
export function digestFlaw(text: string): "field-syntax" | undefined {
  const scheme = schemeOf(text);
  const rest = text.slice(skipSpace(text, scheme.length));
  if (rest !== "" && !rest.includes("=") && isToken68(rest)) return undefined;
  return scheme !== "" && splitOutside(rest, COMMA).every(isParam) ? undefined : "field-syntax";
}

function schemeOf(text: string): string {
  const end = tokenEnd(text, 0);
  return indexOutside(text, EQUAL, 0) === end ? "" : text.slice(0, end);
}

function parametersOf(text: string, scheme: string): Params {
  return parseParams(text.slice(skipSpace(text, scheme.length)), COMMA);
}

/** Schemes that carry one opaque value: `Bearer abc.def`. RFC 8898 §2.1 */
function isToken68(text: string): boolean {
  return text.split(/[./]/).every((piece) => piece === "" || isToken(piece));
}
