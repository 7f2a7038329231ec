import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Params } from "./params.ts";

/** The dialog that a new one takes the place of. */
export interface Replaces {
  readonly callId: string;
  readonly toTag: string;
  readonly fromTag: string;
  readonly earlyOnly: boolean;
  readonly params: Params;
}

/** The dialog that this INVITE takes the place of. RFC 3891 §6.1 */
export const replaces: HeaderField<Replaces> = headerField({
  name: "Replaces",
  single: true,
  citation: "RFC 3891 §6.1",
  parse: parseReplaces,
  flaw: (text, { fromTag, toTag }) => (fromTag === "" || toTag === "" ? "field-syntax" : paramsFlaw(text)),
});

/** Reads the value; also the one in a Refer-To URI, `?Replaces=…`, once it is unescaped. */
export function parseReplaces(text: string): Replaces | undefined {
  const { value, params } = parseParameterized(text);
  if (value === "") return undefined;
  return {
    callId: value,
    toTag: params.get("to-tag") ?? "",
    fromTag: params.get("from-tag") ?? "",
    earlyOnly: params.has("early-only"),
    params,
  };
}
