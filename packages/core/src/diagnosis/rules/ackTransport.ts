import type { Transport } from "../../capture/transport.ts";
import { parseUri } from "../../message/uri.ts";
import { isAddress } from "../../network/ipAddress.ts";

/**
 * What a Contact asks for in requests to it, where a call came over the other of UDP and TCP; else `none`. Without a parameter it is UDP for
 * an address or a port; of a name alone DNS tells it. RFC 3263 §4.1
 */
export function otherTransport(contact: string, came: Transport): "UDP" | "TCP" | "none" {
  const uri = parseUri(contact);
  if (uri?.scheme !== "sip") return "none";
  const isFixed = isAddress(uri.host) || uri.port !== undefined;
  const asked = uri.params.get("transport")?.toLowerCase() ?? (isFixed ? "udp" : undefined);
  if (came === "tcp" && asked === "udp") return "UDP";
  return came === "udp" && asked === "tcp" ? "TCP" : "none";
}
