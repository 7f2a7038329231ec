import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import { numberParam, type Params } from "./params.ts";
import { isToken } from "./token.ts";

/** Why a request or response was sent. */
export interface Reason {
  /** As written: `SIP`, `Q.850`. */
  readonly protocol: string;
  readonly cause?: number;
  readonly text?: string;
  /** Where in the ISDN the cause arose: `LN`, `U` … RFC 8606 §4 */
  readonly location?: string;
  readonly params: Params;
}

/** Why a request or response was sent. RFC 3326 §2 */
export const reason: HeaderField<Reason> = headerField({
  name: "Reason",
  list: true,
  citation: "RFC 3326 §2",
  parse(text) {
    const { value, params } = parseParameterized(text);
    if (!isToken(value)) return undefined;
    const cause = numberParam(params, "cause");
    return { protocol: value, cause, text: params.get("text"), location: params.get("location"), params };
  },
  flaw: paramsFlaw,
});
