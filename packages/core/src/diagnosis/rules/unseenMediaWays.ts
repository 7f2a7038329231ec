import type { ConnectivityChecks } from "../../network/packet.ts";
import type { IceCandidate } from "../../sdp/sessionDescription.ts";
import { partText } from "../../message/bodyParts.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import type { MediaEnd } from "../mediaPaths.ts";

/**
 * Every way that ICE may have found is in view: the sender's checks were seen to each address of the other side, and from its own relay, if it has
 * one. Otherwise audio may go where the capture does not see it. RFC 8445 §6.1.2.2
 */
export function areAllWaysSeen({ path, sender, receiver, ways }: MediaFlow): boolean {
  const sent = ways?.there ?? [];
  const [own, others] = [candidatesOf(sender), candidatesOf(receiver)];
  if (sent.length === 0 || own.length === 0 || others.length === 0 || isTrickled(path)) return false;
  const families = new Set([...own, ...sent.map(({ source }) => source)].map(({ address }) => address.includes(":")));
  const targets = others.filter(({ address }) => !isName(address) && families.has(address.includes(":")));
  const tried = new Set(sent.map(({ destination }) => destination.text));
  return (
    targets.every((target) => tried.has(textOf(target))) &&
    own.every((candidate) => candidate.type !== "relay" || isSeenFrom(candidate, sent, targets))
  );
}

/**
 * ICE found a way that both sides may use: the checks of both succeeded on it, or those of the one where the other only answers them. All that it
 * may have found is in view. RFC 8445 §7.2.5.3.2, §7.3.2
 */
export function hasFoundWay(flow: MediaFlow): boolean {
  const { ways, sender, receiver } = flow;
  if (ways === undefined || !areAllWaysSeen(flow)) return false;
  const [there, back] = [ways.there, ways.back].map((all) => all.filter(({ successes }) => successes > 0));
  if (sender.media.iceLite || receiver.media.iceLite) return there.length + back.length > 0;
  return there.some(({ source, destination }) =>
    back.some((other) => other.source.text === destination.text && other.destination.text === source.text),
  );
}

/** For RTP. TCP candidates that only call others have port 9. RFC 6544 §4.5 */
function candidatesOf({ media }: MediaEnd): IceCandidate[] {
  return media.candidates.filter(({ component, port }) => component === 1 && port !== 9);
}

/** Others were told later. RFC 8840 §4 */
function isTrickled({ dialog }: MediaFlow["path"]): boolean {
  return dialog.requests.some(
    ({ method, request }) =>
      method === "INFO" && request !== undefined && partText(request, "application/trickle-ice-sdpfrag") !== undefined,
  );
}

/** Nobody checks it: it hides the address from all but the own network. RFC 8839 §5.1 */
function isName(address: string): boolean {
  return !address.includes(":") && !/^[\d.]+$/u.test(address);
}

/** From the relay itself, or on the way to its server, which is no address of the other side. RFC 8656 §11 */
function isSeenFrom(
  { address }: IceCandidate,
  sent: readonly ConnectivityChecks[],
  targets: readonly IceCandidate[],
): boolean {
  const known = new Set(targets.map(textOf));
  return sent.some(({ source, destination }) => source.address === address || !known.has(destination.text));
}

function textOf({ address, port }: IceCandidate): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
