import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Params } from "./params.ts";
import { isToken } from "./token.ts";

/** A media type and its parameters. RFC 3261 §25.1 media-type */
export interface MediaType {
  /** Lower-case: `application`. */
  readonly type: string;
  /** Lower-case: `sdp`. */
  readonly subtype: string;
  /** Lower-case: `application/sdp`. */
  readonly mediaType: string;
  readonly params: Params;
}

export function parseMediaType(text: string): MediaType | undefined {
  const { value, params } = parseParameterized(text);
  const slash = value.indexOf("/");
  const type = value.slice(0, Math.max(slash, 0)).trim().toLowerCase();
  const subtype = value
    .slice(slash + 1)
    .trim()
    .toLowerCase();
  if (!isToken(type) || !isToken(subtype)) return undefined;
  return { type, subtype, mediaType: `${type}/${subtype}`, params };
}

export const mediaTypeFlaw: (text: string) => "field-syntax" | undefined = paramsFlaw;
