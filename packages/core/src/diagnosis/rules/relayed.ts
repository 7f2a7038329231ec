import type { Dialog } from "../../dialog/dialog.ts";
import type { Endpoint } from "../../network/packet.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import { isSecured, type MediaEnd } from "../mediaPaths.ts";
import type { Context, Evidence } from "../rule.ts";
import { isFlow, isWayInView, lastOf, lineOf } from "./mediaFinding.ts";

/** What comes to a relay from the other side of the call, which it has to pass on. */
interface Relayed {
  readonly flow: MediaFlow;
  /** Something does come. */
  readonly isFed: boolean;
}

/**
 * Undefined where the sender is no relay, or its other side is not in view: at its address audio of somebody else is to arrive. Proxies that pass on
 * descriptions as they are show the same two sides on each hop.
 */
export function relayed(
  { path, sender, receiver }: MediaFlow,
  flows: readonly MediaFlow[],
  context: Context,
): Relayed | undefined {
  const { address } = sender.endpoint;
  const others = flows.filter(
    (other) =>
      other.receiver.endpoint.address === address &&
      !isSide(other.sender, [sender, receiver]) &&
      isPassedOn(other.path.dialog, path.dialog),
  );
  const fed = others.find(({ there }) => isFlow(there));
  if (fed !== undefined) return { flow: fed, isFed: true };
  const silent = others.find((other) => other.there.length === 0 && isWayInView(other, context));
  return silent && { flow: silent, isFed: false };
}

/** Each begins before the other is answered. A phone that was answered and calls somebody else, as in a transfer, passes on no audio. */
function isPassedOn(one: Dialog, other: Dialog): boolean {
  return one === other || (beginsBeforeAnswer(one, other) && beginsBeforeAnswer(other, one));
}

function beginsBeforeAnswer({ invite }: Dialog, { answer }: Dialog): boolean {
  return answer !== undefined && invite.first.packet.timeMicros <= answer.packet.timeMicros;
}

/** One of these, or something else at the address of the first. */
function isSide({ endpoint }: MediaEnd, [sender, receiver]: readonly MediaEnd[]): boolean {
  return endpoint.text === receiver.endpoint.text || endpoint.address === sender.endpoint.address;
}

export function evidenceOf(beyond: Relayed | undefined): Evidence[] {
  if (beyond === undefined) return [];
  const { there, path } = beyond.flow;
  return beyond.isFed ? lastOf(there, path) : [lineOf(path.caller), lineOf(path.callee)];
}

interface Silence {
  /** Whether audio went to the relay: `unknown` where no relay is in view. */
  readonly fed: "yes" | "no" | "unknown";
  /** Who sends to the relay, or should. */
  readonly beyond: string;
  /** Who sends nothing, as far as is in view, and to whom it should. */
  readonly silent: string;
  readonly towards: string;
  /** What it has on its own `m=` line, and what the other side has, where one is secured and the other is not; otherwise `same`. */
  readonly profile: string;
  readonly returned: string;
  /** Whence the packets of the receiver come, where it announced another address. */
  readonly seen: string;
}

/** Where the silence begins. */
export function silenceOf(flow: MediaFlow, beyond: Relayed | undefined): Silence {
  const { sender, receiver } = beyond?.isFed === false ? beyond.flow : flow;
  return {
    fed: beyond === undefined ? "unknown" : beyond.isFed ? "yes" : "no",
    beyond: beyond?.flow.sender.endpoint.text ?? "",
    silent: sender.endpoint.text,
    towards: receiver.endpoint.text,
    profile: sender.media.protocol,
    returned: isSecured(sender) === isSecured(receiver) ? "same" : receiver.media.protocol,
    seen: otherSource(flow)?.text ?? "announced",
  };
}

function otherSource({ receiver, back }: MediaFlow): Endpoint | undefined {
  return back.find(({ source }) => source.address !== receiver.endpoint.address)?.source;
}
