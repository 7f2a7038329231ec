import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Params } from "./params.ts";

/** A dialog that the sender shares with the recipient; both tags are in `params`. */
export interface TargetDialog {
  readonly callId: string;
  readonly params: Params;
}

/** A dialog that the sender of the request knows. RFC 4538 §7 */
export const targetDialog: HeaderField<TargetDialog> = headerField({
  name: "Target-Dialog",
  single: true,
  citation: "RFC 4538 §7",
  parse(text) {
    const { value, params } = parseParameterized(text);
    return value === "" ? undefined : { callId: value, params };
  },
  flaw: paramsFlaw,
});
