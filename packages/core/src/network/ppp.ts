import type { Datagram } from "./datagram.ts";
import { ppp, pppoe } from "./linkLayer.ts";
import type { NetworkLayers } from "./networkLayers.ts";

/** PPP inside another packet. */
export function decodePpp(datagram: Datagram, layers: NetworkLayers): void {
  if (!layers.enter(datagram)) return;
  layers.counts.layers.ppp++;
  layers.decodeNetwork(ppp(datagram), datagram);
}

/** Discovery has another EtherType, and holds no packets. RFC 2516 §4 */
export function decodePppoe(datagram: Datagram, layers: NetworkLayers): void {
  if (!layers.enter(datagram)) return;
  layers.counts.layers.pppoe++;
  layers.decodeNetwork(pppoe(datagram), datagram);
}
