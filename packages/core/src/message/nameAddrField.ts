import { headerField, type HeaderField } from "./headerField.ts";
import { type NameAddr, nameAddrFlaw, parseNameAddr } from "./nameAddr.ts";

/** Defines a header field whose values are `name-addr` or `addr-spec` with parameters. */
export function nameAddrField(
  definition: Pick<HeaderField<NameAddr>, "name" | "citation"> & Partial<HeaderField<NameAddr>>,
): HeaderField<NameAddr> {
  return headerField({ parse: parseNameAddr, flaw: nameAddrFlaw, ...definition });
}
