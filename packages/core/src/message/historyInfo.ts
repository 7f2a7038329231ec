import { headerField, type HeaderField } from "./headerField.ts";
import { type NameAddr, nameAddrFlaw, parseNameAddr } from "./nameAddr.ts";

/** One target that the request was sent to on its way. */
export interface HistoryEntry extends NameAddr {
  /** `1.2.1`: the place in the tree of retargetings. */
  readonly index: string;
}

/** The targets that the request was sent to before. RFC 7044 §5 */
export const historyInfo: HeaderField<HistoryEntry> = headerField({
  name: "History-Info",
  list: true,
  citation: "RFC 7044 §5",
  parse(text) {
    const address = parseNameAddr(text);
    return address && { ...address, index: address.params.get("index") ?? "" };
  },
  flaw: (text, value) => (value.index === "" ? "field-syntax" : nameAddrFlaw(text)),
});
