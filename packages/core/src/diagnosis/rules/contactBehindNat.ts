import { contact } from "../../message/contact.ts";
import type { SipResponse } from "../../message/message.ts";
import { parseMessage } from "../../message/parseMessage.ts";
import { parseUri } from "../../message/uri.ts";
import { via } from "../../message/via.ts";
import type { Endpoint } from "../../network/packet.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context, Evidence } from "../rule.ts";
import { calleeRegistrations } from "./calleeRegistrations.ts";
import { isPrivateAddress } from "./reachability.ts";

/** A phone that registered from another address than the one which it named. */
export interface HiddenPhone {
  /** Whence its REGISTER came. */
  readonly registeredFrom: Endpoint;
  readonly shows: Evidence;
}

/**
 * Where this request went to the private address that the called phone had registered as its Contact, and the REGISTER had come from another one: the
 * phone is behind a NAT, and requests have to go to where it registered from. RFC 3581 §3, RFC 5626 §5.3
 */
export function contactBehindNat(hop: Transaction, root: Transaction, context: Context): HiddenPhone | undefined {
  const { address } = hop.server;
  if (root.request === undefined || !isPrivateAddress(address)) return undefined;
  const states = calleeRegistrations(root, hop.first.packet.timeMicros, context);
  const named = states.filter(({ bindings }) => bindings.some((each) => parseUri(each.contact)?.host === address));
  if (named.length === 0 || named.some(({ client }) => client.address === address)) return undefined;
  const { client, packet } = named[named.length - 1];
  const said = parseMessage(packet);
  if (said?.kind !== "response" || !isFromPhone(said)) return undefined;
  return { registeredFrom: client, shows: { message: said, field: contact } };
}

/** No proxy stood between it and the registrar. */
function isFromPhone(said: SipResponse): boolean {
  return said.all(via).length === 1;
}
