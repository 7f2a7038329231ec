import { buildLeg, type Leg } from "../call/leg.ts";
import type { SipResponse } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import type { Packet } from "../network/packet.ts";
import type { Transaction } from "../transaction/transaction.ts";
import { arrangements } from "./arrangements.ts";
import { type ClockSpan, spanOf } from "./clockSpan.ts";
import type { AnyDraft, AnyRule, Finding } from "./diagnose.ts";
import { isBefore } from "./elapsed.ts";
import type { Evidence, Values } from "./rule.ts";

/** A call as its clocks tell it, and these, where nothing ties them together. */
export interface ClockedCall {
  readonly packets: readonly (readonly Packet[])[];
  readonly legs: readonly Leg[];
  readonly clocks: readonly ClockSpan[];
}

/** The same call, its messages in another order. */
export interface ArrangedCall {
  readonly legs: readonly Leg[];
  readonly observedUntilMicros: number;
}

export function legsOf(packets: readonly (readonly Packet[])[]): Leg[] {
  return packets.map((each) => buildLeg(each.map((packet) => parseMessage(packet)!)));
}

/**
 * What is said of a call that was seen by clocks which nothing ties together must be so in every order in which its messages may have been sent, or it is
 * not known. What rests on other calls is not known either where these may be in a capture by another clock.
 */
export function withinEveryOrder(
  findings: readonly Finding[],
  call: ClockedCall,
  diagnose: (arranged: ArrangedCall) => readonly Finding[],
): readonly Finding[] {
  if (call.clocks.length === 0) return findings;
  const known = new Map<number, readonly (readonly Finding[])[]>();
  const ofHeld = (held: number): readonly (readonly Finding[])[] => {
    const others = known.get(held) ?? possibleOrders(call, held).map(diagnose);
    known.set(held, others);
    return others;
  };
  const own = call.packets.flat().flatMap((packet) => spanOf(call.clocks, packet) ?? []);
  const [clocks, ties] = [new Set(own.map(({ clock }) => clock)), new Set(own.map(({ tie }) => tie))];
  const mayHold = call.clocks.some(({ tie, isNear }) => isNear && !ties.has(tie));
  return findings.map((finding) => {
    const { rule, draft } = finding;
    if (draft.verdict === "indeterminate") return finding;
    const shown = placesOf(draft).flatMap((place) => spanOf(call.clocks, place) ?? []);
    const isElsewhere = shown.some(({ tie }) => !ties.has(tie));
    if (isElsewhere || (mayHold && restsOnOthers(rule, draft))) return unsure(finding, call);
    return clocks.size < 2 ? finding : settled(finding, ofHeld((shown[0] ?? own[0]).clock), call);
  });
}

/** Those in which nothing, or as little as can be, comes before what it was made of. */
function possibleOrders({ packets, legs, clocks }: ClockedCall, held: number): ArrangedCall[] {
  const orders = arrangements(packets, clocks, held).map(({ legs: moved, observedUntilMicros }) => {
    const arranged = inOrder(legsOf(moved));
    return { legs: arranged, observedUntilMicros, turned: turnedRound(arranged) };
  });
  const fewest = Math.min(turnedRound(legs), ...orders.map(({ turned }) => turned));
  return orders.filter(({ turned }) => turned === fewest);
}

function inOrder(legs: readonly Leg[]): Leg[] {
  return legs.toSorted(({ messages: [a] }, { messages: [b] }) => a.packet.timeMicros - b.packet.timeMicros);
}

function turnedRound(legs: readonly Leg[]): number {
  return legs.reduce((sum, { transactions }) => sum + transactions.filter(isTurnedRound).length, 0);
}

/** An answer that came before its request, a request before the one that was sent on, or an answer after it had been passed on. RFC 3261 §16.6, §16.7 */
function isTurnedRound({ request, first, responses, upstream }: Transaction): boolean {
  if (request === undefined) return false;
  if (first.kind === "response") return true;
  if (upstream?.request === undefined) return false;
  const passedOn = upstream.finalResponse && responses.find((each) => isPassedOn(each, upstream.finalResponse!));
  return (
    !isBefore(upstream.request, request) || (passedOn !== undefined && !isBefore(passedOn, upstream.finalResponse!))
  );
}

function isPassedOn(response: SipResponse, { statusCode, toTag }: SipResponse): boolean {
  return response.statusCode === statusCode && response.toTag === toTag && toTag !== "";
}

/** As it is in all of these orders, by the weakest verdict; where they say something else, it is not known. */
function settled(finding: Finding, orders: readonly (readonly Finding[])[], call: ClockedCall): Finding {
  const { rule, draft } = finding;
  const others = orders.flatMap((findings) => findings.find((other) => isSame(finding, other))?.draft ?? []);
  const values = withoutUnknown(draft.values, others);
  if (others.length < orders.length || !others.every((other) => saysTheSame(draft, other)))
    return unsure({ rule, draft: { ...draft, values } }, call);
  const weakest = [draft, ...others].reduce((a, b) => (STRENGTH[b.verdict] < STRENGTH[a.verdict] ? b : a));
  const { verdict, missing, readings } = weakest;
  return { rule, draft: { ...draft, verdict, missing, readings, values } };
}

const STRENGTH = { certain: 2, likely: 1, indeterminate: 0 } as const;

function isSame({ rule, draft }: Finding, other: Finding): boolean {
  const [place, otherPlace] = [placesOf(draft)[0], placesOf(other.draft)[0]];
  return (
    rule === other.rule &&
    draft.cause === other.draft.cause &&
    draft.response?.packet.frame === other.draft.response?.packet.frame &&
    place?.capture === otherPlace?.capture &&
    place?.frame === otherPlace?.frame
  );
}

/** But for how long something took, and how often it was sent. */
function saysTheSame(one: AnyDraft, other: AnyDraft): boolean {
  return (
    one.origin?.endpoint === other.origin?.endpoint &&
    one.origin?.orBehind === other.origin?.orBehind &&
    one.element === other.element &&
    Object.entries(one.values).every(([name, value]) => typeof value === "number" || value === other.values[name])
  );
}

function withoutUnknown(values: Values, others: readonly AnyDraft[]): Values {
  const isKnown = (name: string): boolean => others.every((other) => other.values[name] === values[name]);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" || isKnown(name) ? value : Number.NaN,
    ]),
  );
}

function unsure({ rule, draft }: Finding, { clocks }: ClockedCall): Finding {
  const kind = clocks.some(({ capture }) => capture !== clocks[0].capture) ? "clocks" : "steady-clock";
  const missing = [...(draft.missing ?? []), { kind, values: {} } as const];
  return { rule, draft: { ...draft, verdict: "indeterminate", missing } };
}

/** Whether this cause says that something was not there, which another capture, or another part of it, may hold by another clock. */
function restsOnOthers({ restsOnOtherCalls: rests }: AnyRule, { cause }: AnyDraft): boolean {
  return rests === true || (rests !== undefined && cause !== undefined && rests.includes(cause));
}

interface Place {
  readonly capture: number;
  readonly frame: number;
}

/** Where it was seen what a finding shows. */
function placesOf({ evidence, response }: AnyDraft): Place[] {
  const shown = evidence.flatMap((each) => placeOf(each) ?? []);
  return response === undefined ? shown : [...shown, response.packet];
}

function placeOf(evidence: Evidence): Place | undefined {
  if ("packet" in evidence) return evidence.packet;
  if ("message" in evidence) return evidence.message.packet;
  return "count" in evidence ? undefined : evidence;
}
