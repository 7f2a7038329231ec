import type { Packet } from "../network/packet.ts";
import { isSecondSight } from "../transaction/duplicate.ts";
import type { OpenLeg } from "./openCall.ts";
import type { PacketRef, PacketStore } from "./packetStore.ts";

const MAX_SOURCES = 10_000;
/** How many packets of the leg are looked back on for the first sight of one. */
const LOOK_BACK = 32;

/** Tells packets that were seen before, by another tap or at a mirror port, from those that were sent again. */
export class SecondSights {
  readonly #packets: PacketStore;
  /** Of the sources of first packets of legs: the only IP identification so far, or -1 where there were others. */
  readonly #ids: Map<string, number> = new Map();

  constructor(packets: PacketStore) {
    this.#packets = packets;
  }

  /** The first packet of a leg. */
  learn({ source: { address }, ipId }: Packet): void {
    if (ipId <= 0) return;
    const known = this.#ids.get(address);
    if (known !== undefined && known !== ipId) this.#ids.set(address, -1);
    else if (this.#ids.size < MAX_SOURCES) this.#ids.set(address, ipId);
  }

  /** The first sight of this packet, where it is one of the latest of its leg once more. */
  firstOf(packet: Packet, { packets, lengths }: OpenLeg): PacketRef | undefined {
    const length = packet.end - packet.start;
    const stop = Math.max(0, packets.length - LOOK_BACK);
    for (let i = packets.length - 1; i >= stop; i--) {
      if (lengths[i] !== length || !this.#packets.isAlike(packets[i], packet)) continue;
      if (this.#isSightOf(packets[i], packet, packets)) return packets[i];
    }
    return undefined;
  }

  /** On its own: a function that is made in the loop above would cost every packet. */
  #isSightOf(ref: PacketRef, packet: Packet, packets: readonly PacketRef[]): boolean {
    return isSecondSight(packet, this.#packets.get(ref), () => this.#idsVary(packet, packets));
  }

  /** True where the source has given another packet another IP identification. */
  #idsVary({ source, ipId }: Packet, packets: readonly PacketRef[]): boolean {
    if (this.#ids.get(source.address) === -1) return true;
    return packets.slice(-LOOK_BACK).some((ref) => {
      const other = this.#packets.get(ref);
      return other.source.address === source.address && other.ipId > 0 && other.ipId !== ipId;
    });
  }
}
