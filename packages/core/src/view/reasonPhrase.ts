import { responseCode } from "../reference/facts.ts";

/** The phrase that the registry gives a status code; undefined for a code nobody registered. RFC 3261 §27.4 */
export function reasonPhrase(statusCode: number): string | undefined {
  return responseCode(statusCode)?.phrase;
}

/** `502 Bad Gateway`, or only the number where nobody registered it. */
export function namedCode(statusCode: number): string {
  const phrase = reasonPhrase(statusCode);
  return phrase === undefined ? String(statusCode) : `${statusCode} ${phrase}`;
}
