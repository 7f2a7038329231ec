import { uint16 } from "../bytes/integers.ts";
import type { Frame } from "../capture/frame.ts";
import { Datagram } from "./datagram.ts";
import { decodeNextHeader } from "./ip.ts";
import { FRAGMENT_REPEAT_MICROS, FRAGMENT_TIMEOUT_MICROS, networkLimits } from "./limits.ts";
import type { NetworkLayers } from "./networkLayers.ts";

interface Fragment {
  readonly frame: Frame;
  readonly bytes: Uint8Array;
  /** Offset in the datagram. */
  readonly at: number;
}

/** A datagram of which not all fragments have come yet, or, `complete`, one that a second tap may repeat. */
interface PendingDatagram {
  readonly key: string;
  readonly protocol: number;
  /** In order of `at`, without overlaps. */
  readonly fragments: Fragment[];
  readonly deadlineMicros: number;
  /** Length of the whole, -1 until the last fragment has come. */
  length: number;
  bytes: number;
  /** Bytes of them that the capture does not have, as it cut them. */
  missing: number;
  complete: boolean;
  completedMicros: number;
  readonly addresses: Uint8Array;
  readonly addressLength: number;
  readonly ipId: number;
}

/** Puts IP datagrams together from their fragments. RFC 791 §3.2, RFC 8200 §4.5. */
export class Fragments {
  readonly #layers: NetworkLayers;
  /** In order of arrival. */
  readonly #pending: Map<string, PendingDatagram> = new Map();
  #bytes = 0;
  /** When the oldest is given up. */
  deadlineMicros: number = Infinity;

  constructor(layers: NetworkLayers) {
    this.#layers = layers;
  }

  /** Takes the fragment that `datagram` holds; decodes the datagram on when it is complete. */
  push(datagram: Datagram, id: number, protocol: number, at: number, more: boolean): void {
    this.#layers.counts.layers.fragment++;
    // Cut by the snap length it leaves a hole: what lies behind the cut never comes.
    const length = datagram.end - datagram.offset;
    const wireLength = length + datagram.missing;
    if (length === 0 || at + wireLength > 65_535 || (more && wireLength % 8 !== 0)) return;
    const pending = this.#pendingOf(datagram, id, protocol);
    if (pending.complete) return this.#layers.tally.count("packets-duplicated", datagram.frame.number);
    // Copied, so that no whole read buffer is kept alive while it waits.
    const bytes = datagram.bytes.slice(datagram.offset, datagram.end);
    const fragment = { frame: { ...datagram.frame, bytes }, bytes, at };
    if (!this.#insert(pending, fragment)) return;
    if (!more) pending.length = at + wireLength;
    pending.missing += datagram.missing;
    if (pending.bytes === pending.length) this.#complete(pending, datagram);
    else if (pending.bytes + pending.missing === pending.length) this.#giveUp(pending);
    else this.#keepLimits();
  }

  expire(timeMicros: number): void {
    for (const pending of this.#pending.values()) {
      if (pending.deadlineMicros > timeMicros) break;
      this.#giveUp(pending);
    }
    this.#setDeadline();
  }

  flush(): void {
    this.expire(Infinity);
  }

  #pendingOf(datagram: Datagram, id: number, protocol: number): PendingDatagram {
    const key = keyOf(datagram, id, protocol);
    const known = this.#pending.get(key);
    if (known !== undefined && !isOver(known, datagram.frame.timeMicros)) return known;
    if (known !== undefined) this.#remove(known);
    const { addresses, sourceAt, destinationAt, addressLength, ipId, frame } = datagram;
    const both = new Uint8Array(addressLength * 2);
    both.set(addresses.subarray(sourceAt, sourceAt + addressLength));
    both.set(addresses.subarray(destinationAt, destinationAt + addressLength), addressLength);
    const pending: PendingDatagram = {
      key,
      protocol,
      fragments: [],
      deadlineMicros: frame.timeMicros + FRAGMENT_TIMEOUT_MICROS,
      length: -1,
      bytes: 0,
      missing: 0,
      complete: false,
      completedMicros: 0,
      addresses: both,
      addressLength,
      ipId,
    };
    this.#pending.set(key, pending);
    this.#setDeadline();
    return pending;
  }

  /** False if there is nothing new in it. */
  #insert(pending: PendingDatagram, fragment: Fragment): boolean {
    const { fragments } = pending;
    const { at } = fragment;
    const { length } = fragment.bytes;
    const index = firstBehind(fragments, at);
    const before = fragments[index - 1];
    const after = fragments[index];
    if (before !== undefined && before.at === at && before.bytes.length === length) return false;
    // Overlaps are an attack (RFC 5722 §4, RFC 1858): what came first holds, the rest is not taken.
    if (before !== undefined && before.at + before.bytes.length > at) return false;
    if (after !== undefined && at + length > after.at) return false;
    if (pending.length >= 0 && at + length > pending.length) return false;
    fragments.splice(index, 0, fragment);
    pending.bytes += length;
    this.#bytes += length;
    return true;
  }

  #complete(pending: PendingDatagram, latest: Datagram): void {
    const whole = this.#assemble(pending, pending.length, latest.frame);
    this.#bytes -= pending.bytes;
    pending.bytes = 0;
    pending.complete = true;
    pending.completedMicros = latest.frame.timeMicros;
    pending.fragments.length = 0;
    whole.depth = latest.depth;
    decodeNextHeader(pending.protocol, whole, this.#layers);
  }

  #assemble(pending: PendingDatagram, length: number, frame: Frame): Datagram {
    const bytes = new Uint8Array(length);
    for (const { bytes: from, at } of pending.fragments) if (at < length) bytes.set(from, at);
    const whole = new Datagram(frame);
    whole.bytes = bytes;
    whole.offset = 0;
    whole.end = length;
    whole.addresses = pending.addresses;
    whole.sourceAt = 0;
    whole.destinationAt = pending.addressLength;
    whole.addressLength = pending.addressLength;
    whole.ipId = pending.ipId;
    whole.fragments = pending.fragments.length;
    return whole;
  }

  #keepLimits(): void {
    const byCount = this.#pending.size > networkLimits["pending-datagrams"];
    const byBytes = this.#bytes > networkLimits["pending-datagram-bytes"];
    if (!byCount && !byBytes) return;
    const oldest: PendingDatagram = this.#pending.values().next().value!;
    const limit = byCount ? "pending-datagrams" : "pending-datagram-bytes";
    if (!oldest.complete) this.#layers.tally.count("limit-reached", undefined, { limit });
    this.#giveUp(oldest);
  }

  #giveUp(pending: PendingDatagram): void {
    this.#remove(pending);
    if (pending.complete) return;
    const first = pending.fragments[0];
    if (!isAllThere(pending)) this.#layers.tally.count("fragments-missing", first?.frame.number);
    if (first !== undefined && first.at === 0) this.#decodeBeginning(pending, first);
  }

  /** The beginning of a message without its end says more than nothing: a filter on the port keeps just the first fragments. */
  #decodeBeginning(pending: PendingDatagram, first: Fragment): void {
    let length = 0;
    for (const { at, bytes } of pending.fragments) if (at === length) length += bytes.length;
    const whole = this.#assemble(pending, length, first.frame);
    const promised = pending.protocol === UDP && length >= 8 ? uint16(whole.bytes, 4) : length;
    whole.missing = Math.max(1, promised - length);
    if (!isAllThere(pending)) whole.fragments++;
    if (pending.protocol !== TCP) decodeNextHeader(pending.protocol, whole, this.#layers);
  }

  #remove(pending: PendingDatagram): void {
    this.#pending.delete(pending.key);
    this.#bytes -= pending.bytes;
  }

  #setDeadline(): void {
    const oldest = this.#pending.values().next().value;
    this.deadlineMicros = oldest === undefined ? Infinity : oldest.deadlineMicros;
  }
}

const TCP = 6;
const UDP = 17;

/** Index of the first fragment that lies behind `at`. They mostly come in order; who sends thousands from the last to the first gets no more. */
function firstBehind(fragments: readonly Fragment[], at: number): number {
  let low = 0;
  let high = fragments.length;
  if (high === 0 || fragments[high - 1].at <= at) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fragments[middle].at > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Each fragment came, be it cut. */
function isAllThere({ bytes, missing, length }: PendingDatagram): boolean {
  return bytes + missing === length;
}

/** True if a fragment at this time belongs to another datagram, which has the same identification. */
function isOver(pending: PendingDatagram, timeMicros: number): boolean {
  if (pending.complete) return timeMicros - pending.completedMicros > FRAGMENT_REPEAT_MICROS;
  return timeMicros > pending.deadlineMicros;
}

function keyOf(datagram: Datagram, id: number, protocol: number): string {
  const { addresses, sourceAt, destinationAt, addressLength } = datagram;
  let key = String.fromCharCode(protocol, id >>> 16, id & 0xffff);
  for (let i = 0; i < addressLength; i += 2) {
    key += String.fromCharCode(uint16(addresses, sourceAt + i), uint16(addresses, destinationAt + i));
  }
  return key;
}
