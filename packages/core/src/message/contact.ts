import type { HeaderField } from "./headerField.ts";
import { type NameAddr, nameAddrFlaw } from "./nameAddr.ts";
import { nameAddrField } from "./nameAddrField.ts";
import { LARGEST_NUMBER } from "./numberField.ts";
import { parseNumber } from "./params.ts";

/** Where the sender wants to be reached; `*` removes all bindings. RFC 3261 §20.10 */
export const contact: HeaderField<NameAddr> = nameAddrField({
  name: "Contact",
  compact: "m",
  list: true,
  citation: "RFC 3261 §20.10",
  flaw(text, value) {
    if (text === "*") return undefined;
    return nameAddrFlaw(text) ?? expiresFlaw(value.params.get("expires")) ?? qFlaw(value.params.get("q"));
  },
});

function expiresFlaw(expires: string | undefined): "field-syntax" | "field-value" | undefined {
  if (expires === undefined) return undefined;
  const seconds = parseNumber(expires);
  if (seconds === undefined) return "field-syntax";
  return seconds > LARGEST_NUMBER ? "field-value" : undefined;
}

/** `0`, `0.5`, `1.000`. RFC 3261 §25.1 qvalue */
function qFlaw(q: string | undefined): "field-syntax" | undefined {
  return q === undefined || /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(q) ? undefined : "field-syntax";
}
