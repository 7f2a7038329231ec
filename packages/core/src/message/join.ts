import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Params } from "./params.ts";

/** The dialog that a new one joins in conference. */
export interface Join {
  readonly callId: string;
  readonly toTag: string;
  readonly fromTag: string;
  readonly params: Params;
}

/** The dialog that this INVITE joins. RFC 3911 §7.1 */
export const join: HeaderField<Join> = headerField({
  name: "Join",
  single: true,
  citation: "RFC 3911 §7.1",
  parse(text) {
    const { value, params } = parseParameterized(text);
    if (value === "") return undefined;
    return { callId: value, toTag: params.get("to-tag") ?? "", fromTag: params.get("from-tag") ?? "", params };
  },
  flaw: (text, { fromTag, toTag }) => (fromTag === "" || toTag === "" ? "field-syntax" : paramsFlaw(text)),
});
