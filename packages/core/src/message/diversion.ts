import { headerField, type HeaderField } from "./headerField.ts";
import { type NameAddr, nameAddrFlaw, parseNameAddr } from "./nameAddr.ts";
import { numberParam } from "./params.ts";

/** One diversion of the call. */
export interface Diverted extends NameAddr {
  /** `user-busy`, `no-answer`, `unconditional` … */
  readonly reason?: string;
  readonly counter?: number;
}

/** Who diverted the call, the latest first. RFC 5806 */
export const diversion: HeaderField<Diverted> = headerField({
  name: "Diversion",
  list: true,
  citation: "RFC 5806",
  parse(text) {
    const address = parseNameAddr(text);
    return (
      address && { ...address, reason: address.params.get("reason"), counter: numberParam(address.params, "counter") }
    );
  },
  flaw: nameAddrFlaw,
});
