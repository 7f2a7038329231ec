import type { ConnectivityChecks, DtlsHandshake } from "../../network/packet.ts";
import { secondsOf } from "../elapsed.ts";
import type { MediaFlow } from "../mediaFlows.ts";
import type { MediaEnd } from "../mediaPaths.ts";
import type { Evidence } from "../rule.ts";
import { besideMedia, type Found, LEAST_SILENCE_MICROS, valuesOf } from "./mediaFinding.ts";
import { hasFoundWay } from "./unseenMediaWays.ts";

/** The first repetitions come within two seconds. RFC 9147 §5.8.2 */
const LEAST_HELLOS = 3;
/** Audio begins as soon as there are keys. */
const AT_ONCE_MICROS = 1_000_000;
/** An alert that comes so shortly before the end closes what was there. */
const ENDING_MICROS = 1_000_000;

/** An alert ended DTLS: however short the call was, there was to be no audio in it. RFC 5763 §5 */
export function dtlsAlerted(flow: MediaFlow): Found | undefined {
  if (!lacksKeys(flow)) return undefined;
  const ended = flow.ways?.handshakes.find((handshake) => isReadable(handshake) || isRejected(handshake));
  return ended === undefined ? undefined : endedByAlert(flow, ended);
}

function isReadable({ alert, isComplete }: DtlsHandshake): boolean {
  return alert !== "" && !isComplete;
}

/** Some compare the certificate with its fingerprint only when the handshake is complete. */
function isRejected({ isSealed, isComplete, firstMicros, timeMicros }: DtlsHandshake): boolean {
  return isSealed && isComplete && timeMicros - firstMicros < AT_ONCE_MICROS;
}

/** ICE found a way, and the keys for SRTP were not agreed on it, so there is no audio. RFC 5763 §5 */
export function dtlsFailed(flow: MediaFlow): Found | undefined {
  const { path, ways, untilMicros } = flow;
  if (ways === undefined || !lacksKeys(flow)) return undefined;
  const sealed = ways.handshakes.find(
    ({ isSealed, isComplete, timeMicros }) => isSealed && !isComplete && timeMicros < untilMicros - ENDING_MICROS,
  );
  if (sealed !== undefined) return endedByAlert(flow, sealed);
  const firstSuccessMicros = Math.min(...successes(ways).map((checks) => checks.firstSuccessMicros));
  const sinceMicros = Math.max(path.sinceMicros, firstSuccessMicros);
  if (!(untilMicros - sinceMicros >= LEAST_SILENCE_MICROS)) return undefined;
  return (
    notAnswered(flow) ??
    (hasFoundWay(flow) ? (notBegun(flow, sinceMicros) ?? notFinished(flow, sinceMicros)) : undefined)
  );
}

/** Both sides were to agree on keys by DTLS, and no audio was seen. */
function lacksKeys({ path, there, back }: MediaFlow): boolean {
  const isByDtls = [path.caller, path.callee].every(({ media }) => media.fingerprint !== "");
  return isByDtls && there.length + back.length === 0;
}

function successes({ there, back }: NonNullable<MediaFlow["ways"]>): ConnectivityChecks[] {
  return [...there, ...back].filter((checks) => checks.successes > 0);
}

/**
 * The bytes say so, where they can be read. Who sent them is known by its address for media alone: the next SIP element in view may be a proxy.
 * RFC 5246 §7.2.2
 */
function endedByAlert(flow: MediaFlow, handshake: DtlsHandshake): Found | undefined {
  const { alert, isSealed, isAlertOfServer } = handshake;
  const ender = isAlertOfServer ? handshake.destination : handshake.source;
  return {
    ...found(flow, "fingerprint", [handshake]),
    ...(isSealed ? {} : { verdict: "certain", missing: [] }),
    element: undefined,
    citations: ["RFC 5763 §5", "RFC 5246 §7.2.2"],
    values: { ...valuesOf(flow), step: isSealed ? "sealed" : "alert", sender: ender.text, alert },
  };
}

/** The side that is to begin is the one with `a=setup:active`. RFC 5763 §5 */
function notBegun(flow: MediaFlow, sinceMicros: number): Found | undefined {
  const { ways, untilMicros } = flow;
  if (ways === undefined || ways.handshakes.length > 0) return undefined;
  return {
    ...found(flow, "setup", successes(ways).slice(0, 1)),
    values: { ...valuesOf(flow), step: "none", seconds: secondsOf(sinceMicros, untilMicros) },
  };
}

/** While connectivity checks between the same two are answered. */
function notAnswered(flow: MediaFlow): Found | undefined {
  const { ways } = flow;
  if (ways === undefined || ways.handshakes.some(({ isAnswered }) => isAnswered)) return undefined;
  const most = ways.handshakes.toSorted((a, b) => b.hellos - a.hellos)[0];
  if (most === undefined) return undefined;
  const { source, destination, hellos, firstMicros, timeMicros } = most;
  const answered = successes(ways).filter(({ lastSuccessMicros }) => lastSuccessMicros >= firstMicros);
  if (hellos < LEAST_HELLOS || answered.length === 0) return undefined;
  return {
    ...found(flow, "setup", [most, ...answered.slice(0, 1)]),
    element: endAt(flow, destination.text).neighbour,
    values: {
      ...valuesOf(flow),
      step: "hello",
      sender: source.text,
      receiver: destination.text,
      times: hellos,
      seconds: secondsOf(firstMicros, timeMicros),
    },
  };
}

/** From version 1.3 on what follows the hellos cannot be read. RFC 9147 §4 */
function notFinished(flow: MediaFlow, sinceMicros: number): Found | undefined {
  const { ways, untilMicros } = flow;
  const begun = ways?.handshakes.filter(({ isAnswered }) => isAnswered) ?? [];
  if (begun.length === 0 || begun.some(({ isComplete }) => isComplete)) return undefined;
  const { source, destination, hellos, repeatedHellos } = begun[0];
  const isRepeated = repeatedHellos >= LEAST_HELLOS;
  return {
    ...found(flow, "fingerprint", begun.slice(0, 1)),
    element: endAt(flow, (isRepeated ? source : destination).text).neighbour,
    values: {
      ...valuesOf(flow),
      step: isRepeated ? "repeated" : "begun",
      sender: source.text,
      receiver: destination.text,
      times: hellos,
      seconds: secondsOf(sinceMicros, untilMicros),
    },
  };
}

/** The lines of both descriptions that the handshake has to follow, and what was seen. */
function found(flow: MediaFlow, name: "setup" | "fingerprint", seen: readonly (DtlsHandshake | ConnectivityChecks)[]) {
  const { path, sender } = flow;
  const lineOf = ({ message, media }: MediaEnd): Evidence => ({ message, line: `a=${name}:${media[name]}` });
  return {
    verdict: "likely",
    cause: "dtls-failed",
    element: sender.neighbour,
    evidence: [lineOf(path.caller), lineOf(path.callee), ...seen],
    missing: [besideMedia(path.caller), besideMedia(path.callee)],
    citations: ["RFC 5763 §5"],
  } as const;
}

function endAt({ sender, receiver, ways }: MediaFlow, text: string): MediaEnd {
  const isSender = ways?.there.some(({ source }) => source.text === text) ?? false;
  return isSender || sender.endpoint.text === text ? sender : receiver;
}
