import type { Call } from "../call/call.ts";
import { CallTracker, type EndedCall } from "../call/callTracker.ts";
import { buildLeg, type Leg } from "../call/leg.ts";
import type { SipMessage } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { peekMessage } from "../message/peekMessage.ts";
import type { Packet } from "../network/packet.ts";
import { linkOf } from "./judge/judge.ts";
import { readRuleFixture } from "./ruleFixture.fixture.ts";

/** Packets from messages written as in the fixtures of rules, without the fence. */
export function traffic(text: string): readonly Packet[] {
  return readRuleFixture(`## near miss: traffic\n\`\`\`sip\n${text.trim()}\n\`\`\`\n`)[0].packets;
}

export function messages(text: string): SipMessage[] {
  return traffic(text).map((packet) => parseMessage(packet)!);
}

/** The leg of messages that share one Call-ID. */
export function leg(text: string): Leg {
  return buildLeg(messages(text));
}

export interface TrackedCall extends Omit<EndedCall, "legs"> {
  readonly legs: readonly (readonly Packet[])[];
}

export interface Tracked {
  readonly calls: readonly TrackedCall[];
  readonly duplicates: readonly Packet[];
}

/** What the tracker makes of packets, in the order in which it lets calls go. */
export function track(packets: readonly Packet[], callIdFields?: readonly string[]): Tracked {
  const calls: TrackedCall[] = [];
  const duplicates: Packet[] = [];
  const tracker = new CallTracker({
    onCall: (call) => calls.push({ ...call, legs: call.legs.map((each) => each.packets()) }),
    onDuplicate: (packet) => duplicates.push(packet),
    onIncident() {},
    callIdFields,
  });
  for (const packet of packets) tracker.push(packet, peekMessage(packet)!);
  tracker.flush();
  return { calls, duplicates };
}

/** `session-id a b`: why each two Call-IDs of one call belong together. */
export function linksOf(text: string, callIdFields?: readonly string[]): string[] {
  return track(traffic(text), callIdFields).calls.flatMap(({ links }) =>
    links.map(({ clue, callIds }) => [clue.kind, ...callIds].join(" ")),
  );
}

/** The one call that this traffic is. */
export function onlyCall(text: string): Call {
  const { calls } = track(traffic(text));
  if (calls.length !== 1) throw new Error(`${calls.length} calls, not one`);
  const legs = calls[0].legs.map((packets) => buildLeg(packets.map((packet) => parseMessage(packet)!)));
  return { kind: "call", legs, links: calls[0].links.map(linkOf), attempt: legs[0].roots[0] };
}
