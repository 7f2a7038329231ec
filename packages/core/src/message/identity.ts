import { headerField, type HeaderField } from "./headerField.ts";
import { parseParameterized } from "./parameterized.ts";
import type { Params } from "./params.ts";
import { unquote } from "./quotedString.ts";

/** A signature over the caller's identity. */
export interface Identity {
  /** The PASSporT, full or compact; of RFC 4474 the bare signature. */
  readonly signature: string;
  /** Where the certificate is. */
  readonly certificateUri?: string;
  readonly algorithm?: string;
  /** The PASSporT extension: `shaken`, `div` … */
  readonly ppt?: string;
  readonly params: Params;
}

/** A signature over the caller's identity. RFC 8224 §4 */
export const identity: HeaderField<Identity> = headerField({
  name: "Identity",
  compact: "y",
  list: true,
  citation: "RFC 8224 §4",
  parse(text) {
    const { value, params } = parseParameterized(text);
    if (value === "") return undefined;
    return {
      signature: unquote(value),
      certificateUri: params.get("info")?.replace(/^<|>$/g, ""),
      algorithm: params.get("alg"),
      ppt: params.get("ppt"),
      params,
    };
  },
});
