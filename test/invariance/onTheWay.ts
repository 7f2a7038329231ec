import { endpointOf } from "../../packages/core/src/network/endpoint.ts";
import type { Endpoint, Packet } from "../../packages/core/src/network/packet.ts";
import { type FieldText, fullName, type MessageText, putTogether, takeApart } from "./messageText.ts";
import { isPacket, type Traffic } from "./traffic.ts";
import { textOf } from "./transformed.ts";

/** What is put between two neighbours. */
const between = endpointOf("10.77.0.1", 5060);
/** How long it takes to pass something on. */
const PASSING_MICROS = 20;

/** What a NAT gives. */
export const OTHER_PORT = 40_077;

export type Neighbours = readonly [Endpoint, Endpoint];

/** Who sends requests to whom, in either direction. Empty where what goes between them cannot be taken apart, or is not SIP over UDP alone. */
export function neighboursIn({ seen }: Traffic): readonly Neighbours[] {
  const isPlain = seen.every(
    (each) => isPacket(each) && each.transport === "udp" && takeApart(textOf(each)) !== undefined,
  );
  if (!isPlain) return [];
  const found = new Map<string, Neighbours>();
  for (const { source, destination } of seen.filter(isPacket).filter(isRequest))
    found.set([source.text, destination.text].toSorted().join(), [source, destination]);
  return [...found.values()];
}

/** A stateless proxy more on the way: it adds its Via to requests and takes it off responses. RFC 3261 §16.11 */
export function withProxy(traffic: Traffic, neighbours: Neighbours): Traffic {
  const own = new Set(
    traffic.seen
      .filter(isPacket)
      .filter((packet) => isBetween(packet, neighbours))
      .map(topBranch),
  );
  const withVia = changed((message) => ({
    ...message,
    fields: apart(message.fields).flatMap((field) => {
      const branch = branchIn(field);
      return branch !== undefined && own.has(branch) ? [viaOf(`${branch}P`), field] : [field];
    }),
  }));
  return passedOn(traffic, (packet) => {
    if (!isBetween(packet, neighbours)) return [withVia(packet)];
    return isRequest(packet) ? [packet, withVia(packet)] : [withVia(packet), packet];
  });
}

/** A B2BUA between the only two that there are: the other leg has a Call-ID, tags and Contacts of its own. RFC 3261 §6 */
export function withBackToBack(traffic: Traffic): Traffic {
  const client = traffic.seen.find(isPacket)?.source;
  const asked = new Set(
    traffic.seen
      .filter(isPacket)
      .filter((packet) => isRequest(packet) && packet.source === client)
      .map(topBranch),
  );
  const ofOther = changed((message) => ({ ...message, fields: message.fields.map(ofOtherLeg) }));
  const withOwnVia = changed((message) => ({ ...message, fields: withOneVia(message.fields) }));
  const withContact = changed((message) => ({ ...message, fields: message.fields.map(contactOf) }));
  return passedOn(traffic, (packet) => {
    // Each leg has the Via of who asks on it.
    const isAsked = asked.has(topBranch(packet));
    const [first, second] = isAsked ? [packet, ofOther(withOwnVia(packet))] : [withOwnVia(packet), ofOther(packet)];
    if (packet.source === client) return [first, withContact(second)];
    return listsBindings(packet) ? [withContact(second), first] : [second, withContact(first)];
  });
}

/** From the packet at this place on, one that the first client sends, a NAT gives that client another port. Responses go to where the request came from. RFC 3581 §4 */
export function fromOtherPort(traffic: Traffic, place: number): Traffic {
  const packets = traffic.seen.filter(isPacket);
  const client = packets.find(isRequest)?.source ?? between;
  const other = endpointOf(client.address, OTHER_PORT);
  const moved = new Map<string, boolean>();
  return {
    ...traffic,
    seen: traffic.seen.map((each) => {
      if (!isPacket(each)) return each;
      const isLater = packets.indexOf(each) >= place;
      if (each.source === client && isRequest(each)) moved.set(topBranch(each), isLater);
      const isMoved = each.source === client || isRequest(each) ? isLater : (moved.get(topBranch(each)) ?? false);
      if (!isMoved) return each;
      return each.source === client
        ? { ...each, source: other }
        : { ...each, destination: each.destination === client ? other : each.destination };
    }),
  };
}

/** Gives what goes between two, each time as it is before and behind what was put there, a way over that; what goes elsewhere is given once. */
function passedOn(traffic: Traffic, passing: (packet: Packet) => readonly Packet[]): Traffic {
  return {
    ...traffic,
    observedUntilMicros: traffic.observedUntilMicros + 2 * PASSING_MICROS,
    seen: traffic.seen.filter(isPacket).flatMap((packet) => {
      const [before, behind] = passing(packet);
      if (behind === undefined) return [{ ...before, timeMicros: before.timeMicros + PASSING_MICROS }];
      return [
        { ...before, destination: between },
        { ...behind, source: between, timeMicros: behind.timeMicros + PASSING_MICROS, ipId: behind.ipId + 1 },
      ];
    }),
  };
}

function changed(change: (message: MessageText) => MessageText): (packet: Packet) => Packet {
  return (packet) => {
    const message = takeApart(textOf(packet))!;
    const bytes = new Uint8Array(Buffer.from(putTogether(change(message), message.body.length), "latin1"));
    return { ...packet, bytes, start: 0, end: bytes.length };
  };
}

function isRequest(packet: Packet): boolean {
  return !textOf(packet).startsWith("SIP/2.0");
}

/** A registrar answers with the Contacts that it was given. RFC 3261 §10.3 step 8 */
function listsBindings(packet: Packet): boolean {
  return /^SIP\/2.0 2.*^CSeq:.*REGISTER/imsu.test(textOf(packet));
}

function isBetween({ source, destination }: Packet, neighbours: Neighbours): boolean {
  return neighbours.includes(source) && neighbours.includes(destination);
}

function topBranch(packet: Packet): string {
  const fields = takeApart(textOf(packet))?.fields ?? [];
  return (
    apart(fields)
      .map(branchIn)
      .find((branch) => branch !== undefined) ?? ""
  );
}

/** One Via in each field. */
function apart(fields: readonly FieldText[]): FieldText[] {
  return fields.flatMap((field) =>
    fullName(field.name) === "via"
      ? field.value.split(",").map((value) => ({ name: field.name, value: value.trim() }))
      : [field],
  );
}

/** `undefined` for other fields. */
function branchIn({ name, value }: FieldText): string | undefined {
  return fullName(name) === "via" ? (/branch=([^;]*)/i.exec(value)?.[1] ?? "") : undefined;
}

function viaOf(branch: string): FieldText {
  return { name: "Via", value: `SIP/2.0/UDP ${between.text};branch=${branch}` };
}

function withOneVia(fields: readonly FieldText[]): FieldText[] {
  const [branch = ""] = apart(fields).flatMap((field) => branchIn(field) ?? []);
  return [viaOf(`${branch}B`), ...fields.filter(({ name }) => fullName(name) !== "via")];
}

function ofOtherLeg({ name, value }: FieldText): FieldText {
  if (fullName(name) === "call-id") return { name, value: `sbc-${value}` };
  return { name, value: value.replace(/;tag=([^;,\s]+)/, ";tag=$1b") };
}

function contactOf({ name, value }: FieldText): FieldText {
  const isContact = fullName(name) === "contact";
  return { name, value: isContact ? value.replace(/(sips?:(?:[^@>;]*@)?)[^>;]*/, `$1${between.text}`) : value };
}
