import { Base64Decoder } from "../../bytes/base64.ts";
import { latin1Text } from "../../bytes/latin1.ts";

/** What a full-form PASSporT claims. RFC 8225 §5 */
export interface Passport {
  /** `orig.tn`. */
  readonly callerNumber: string | undefined;
  /** `iat`, microseconds since the epoch. */
  readonly issuedMicros: number | undefined;
}

/** A PASSporT longer than this is not looked into. */
const LONGEST = 8192;

/** Reads `header.payload.signature`; `undefined` for the compact form, which has no payload, and for what is none. RFC 8225 §7 */
export function parsePassport(text: string): Passport | undefined {
  const [, payload = ""] = text.length > LONGEST ? [] : text.split(".", 3);
  if (payload === "") return undefined;
  try {
    const claims: unknown = JSON.parse(decodeBase64Url(payload));
    if (typeof claims !== "object" || claims === null) return undefined;
    const { iat, orig } = claims as { iat?: unknown; orig?: { tn?: unknown } | null };
    return {
      callerNumber: typeof orig?.tn === "string" ? orig.tn : undefined,
      issuedMicros: typeof iat === "number" ? iat * 1_000_000 : undefined,
    };
  } catch {
    return undefined;
  }
}

/** Text that is ASCII; anything else makes no JSON. Other letters than those of the alphabet are passed over. */
function decodeBase64Url(text: string): string {
  const letters = text
    .replaceAll(/[^\w-]/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  return latin1Text(new Base64Decoder().push(letters));
}
