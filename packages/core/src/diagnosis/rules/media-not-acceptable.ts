import { contentType } from "../../message/contentType.ts";
import type { SipMessage, SipRequest, SipResponse } from "../../message/message.ts";
import { warning } from "../../message/warning.ts";
import { type OfferDifference, offerDifferences } from "../../sdp/compareOffer.ts";
import type { AddressFamily, MediaDescription, SessionDescription } from "../../sdp/sessionDescription.ts";
import { mediaLine, sessionDescription } from "../../sdp/sessionDescription.ts";
import { isWebRtc, type WebRtcGap, webRtcGap } from "../../sdp/webRtc.ts";
import type { Endpoint } from "../../network/packet.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Evidence, Missing, Rule, Verdict } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { logOf } from "../missing.ts";
import { offeredOtherwise } from "./offeredOtherwise.ts";
import { isChangeToFax } from "./changeToFax.ts";
import { refusedFax } from "./refusedFax.ts";
import { refusedOffer, type RefusedOffer } from "./refusedOffer.ts";
import { knownDescription, type KnownDescription } from "./knownDescription.ts";

/** The session description was refused. RFC 3264 §6; RFC 3261 §13.3.1.3, §21.4.26, §20.43 */
export const mediaNotAcceptable: Rule<"transaction", "media-not-acceptable"> = {
  id: "media-not-acceptable",
  inspects: "transaction",
  citations: ["RFC 3264 §6"],
  check(root, context) {
    const refused = refusedOffer(root, context);
    if (refused === undefined || offeredOtherwise(root, context)) return undefined;
    const { asked, response, minted, origin } = refused;
    const offer = sessionDescription(asked);
    const known = offer && knownDescription(root, refused, context);
    const differences = offer && known ? offerDifferences(offer, known.description) : [];
    const gap = offer && webRtcGap(offer);
    const isFax = isChangeToFax(refused.request);
    const {
      cause,
      verdict: given,
      understood,
    } = isFax
      ? FAX
      : isBrowser(minted, known)
        ? causeForBrowser(asked, response, offer, gap, known && differences)
        : causeOf(asked, response, offer, known && differences, reachedOver(minted));
    // What was offered behind the cut is not known.
    const verdict = given === "certain" && asked.packet.cut ? "likely" : given;
    const warned = response.has(warning);
    const log = logOf(origin.endpoint, asked.callId);
    const changed = changedOffer(refused, cause);
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [
        ...(changed === undefined ? [] : offered(changed.before, sessionDescription(changed.before))),
        ...offered(asked, offer),
        ...(cause === "webrtc-incomplete" ? gapLines(asked, gap) : []),
        minted,
        ...shown(refused, warned, verdict === "certain" ? undefined : known),
      ],
      missing: verdict === "certain" ? [] : [log],
      readings:
        verdict === "certain"
          ? []
          : isFax
            ? []
            : [...readingsOf(cause, differences, offer, log), ...encryptionWanted(cause, known, offer, log)],
      citations: [
        ...citationOf(refused),
        ...(warned ? ["RFC 3261 §20.43"] : []),
        ...(cause === "webrtc-incomplete" ? ["RFC 8829 §5.8.3"] : []),
      ],
      values: {
        callee: calleeOf(root),
        origin: origin.endpoint.text,
        statusCode: response.statusCode,
        offered: offeredFor(cause, offer),
        known: hasNoFormats(offer)
          ? "empty"
          : understood !== ""
            ? "yes"
            : offeredFor(cause, offer) === ""
              ? "unread"
              : "no",
        understood,
        answered: answeredFor(asked, response, offer),
        changer: changed?.changer.text ?? "none",
        before: changed?.text ?? "",
        lacks: gap?.lacks ?? "",
        ...refusedFax(root, refused, context),
        warning: warned ? response.quote(warning) : "",
      },
    };
  },
};

/** Why T.38 is not taken is for the side to tell that refused it. */
const FAX: Reasoned = { cause: "fax-refused", verdict: "likely", understood: "" };

type Cause =
  | "fax-refused"
  | "no-common-codec"
  | "profile-mismatch"
  | "encryption-mismatch"
  | "address-family"
  | "media-kind"
  | "webrtc-incomplete"
  | "no-sdp-difference-found";

/** What each warn-code about session descriptions says. RFC 3261 §20.43 */
const CAUSE_OF_WARNING: ReadonlyMap<number, Cause> = new Map<number, Cause>([
  [300, "address-family"],
  [301, "address-family"],
  [302, "profile-mismatch"],
  [304, "media-kind"],
  [305, "no-common-codec"],
]);

interface Reasoned {
  readonly cause: Cause;
  readonly verdict: Verdict;
  /** What the other side used elsewhere instead; `""` where that did not decide. */
  readonly understood: string;
}

/** Who is reached over WebSocket, unless it is known to take other media than a browser does. RFC 7118 §1 */
function isBrowser({ packet: { transport } }: SipResponse, known: KnownDescription | undefined): boolean {
  return (transport === "ws" || transport === "wss") && (known === undefined || isWebRtc(known.description));
}

/** What the offer lacks for it, unless a Warning says more; of what a browser makes itself, none is refused for its profile. */
function causeForBrowser(
  request: SipRequest,
  response: SipResponse,
  offer: SessionDescription | undefined,
  gap: WebRtcGap | undefined,
  differences: readonly OfferDifference[] | undefined,
): Reasoned {
  if (response.has(warning) || (gap === undefined && differences !== undefined))
    return causeOf(request, response, offer, differences, undefined);
  return gap === undefined
    ? { cause: "no-sdp-difference-found", verdict: "indeterminate", understood: "" }
    : { cause: "webrtc-incomplete", verdict: "likely", understood: "" };
}

/**
 * @param differences undefined where nothing is known to compare the offer with
 * @param reached the family of the address at which the side that refused got the request, where that is known
 */
function causeOf(
  request: SipRequest,
  response: SipResponse,
  offer: SessionDescription | undefined,
  differences: readonly OfferDifference[] | undefined,
  reached: AddressFamily | undefined,
): Reasoned {
  const codes = response.all(warning).map(({ code }) => code);
  for (const code of codes) {
    // Where nothing was offered, the two have not been compared.
    const cause = request.has(contentType) ? CAUSE_OF_WARNING.get(code) : undefined;
    // Products send 304 for whatever they dislike: there is no phone that does not take audio.
    if (cause === "media-kind" && offer?.media.every(({ kind }) => kind === "audio") === true) continue;
    if (cause !== undefined)
      return { cause, verdict: agrees(cause, differences) ? "certain" : "likely", understood: "" };
  }
  if (offersNothing(request, offer)) return { cause: "no-sdp-difference-found", verdict: "likely", understood: "" };
  if (hasNoFormats(offer)) return { cause: "no-common-codec", verdict: "likely", understood: "" };
  const decisive = mostTelling(differences ?? []);
  if (decisive !== undefined)
    return { cause: causeOfDifference(decisive), verdict: "likely", understood: understoodIn(decisive) };
  if (codes.some((code) => code >= 303 && code <= 308 && !CAUSE_OF_WARNING.has(code)))
    return { cause: "no-sdp-difference-found", verdict: "certain", understood: "" };
  if (differences !== undefined) return { cause: "no-sdp-difference-found", verdict: "indeterminate", understood: "" };
  return { ...causeByOffer(offer, reached), understood: "" };
}

/** All of it is there, and it has no `m=` line. RFC 8866 §5 */
function offersNothing({ packet }: SipRequest, offer: SessionDescription | undefined): boolean {
  return !packet.cut && offer?.origin !== undefined && offer.media.length === 0;
}

/** An element in between has taken out all that the other side knew, and what is left is no valid offer. RFC 8866 §5.14 */
function hasNoFormats(offer: SessionDescription | undefined): boolean {
  const media = (offer?.media ?? []).filter(({ port }) => port !== 0);
  return media.length > 0 && media.every(({ formats }) => formats.length === 0);
}

/** Products give one Warning for much: it proves nothing where the side that refused is known to take just that. */
function agrees(cause: Cause, differences: readonly OfferDifference[] | undefined): boolean {
  return differences === undefined || differences.some((difference) => causeOfDifference(difference) === cause);
}

function answeredFor(
  request: SipRequest,
  { statusCode }: SipResponse,
  offer: SessionDescription | undefined,
): "yes" | "no" | "no-offer" | "no-media" | "unread" {
  if (!request.has(contentType)) return "no-offer";
  if (statusCode < 300) return "yes";
  if (offersNothing(request, offer)) return "no-media";
  return offer?.media.some(({ port }) => port !== 0) === true ? "no" : "unread";
}

/** Encryption before profile, as a plain and a secured profile differ in both; with DTLS the profile is what to convert. */
const ORDER: readonly OfferDifference["kind"][] = ["media-kind", "encryption", "profile", "address-family", "codecs"];

function mostTelling(differences: readonly OfferDifference[]): OfferDifference | undefined {
  const found = ORDER.map((kind) => differences.find((difference) => difference.kind === kind));
  const first = found.find((difference) => difference !== undefined);
  if (first?.kind !== "encryption" || first.offered !== "dtls") return first;
  return differences.find(({ kind }) => kind === "profile") ?? first;
}

function causeOfDifference({ kind }: OfferDifference): Cause {
  if (kind === "profile") return "profile-mismatch";
  if (kind === "encryption") return "encryption-mismatch";
  if (kind === "codecs") return "no-common-codec";
  return kind === "address-family"
    ? "address-family"
    : kind === "media-kind"
      ? "media-kind"
      : "no-sdp-difference-found";
}

/** In words of session descriptions. */
function understoodIn({ kind, understood }: OfferDifference): string {
  if (kind !== "encryption") return understood;
  return understood
    .split(", ")
    .map((each) => ENCRYPTION[each] ?? each)
    .join(", ");
}

const ENCRYPTION: Readonly<Record<string, string>> = {
  none: "RTP",
  sdes: "SRTP (a=crypto)",
  dtls: "SRTP (a=fingerprint)",
};

/** Without anything to compare with: what plain phones most often refuse. */
function causeByOffer(
  offer: SessionDescription | undefined,
  reached: AddressFamily = "IP4",
): { cause: Cause; verdict: Verdict } {
  const media = offer?.media.find(({ port }) => port !== 0);
  if (media === undefined) return { cause: "no-sdp-difference-found", verdict: "indeterminate" };
  const protocol = media.protocol.toUpperCase();
  if (protocol.startsWith("UDP/TLS/") || protocol.includes("AVPF"))
    return { cause: "profile-mismatch", verdict: "likely" };
  if (protocol.includes("SAVP") || media.crypto.length > 0) return { cause: "encryption-mismatch", verdict: "likely" };
  if (isOfOtherFamily(offer?.media ?? [], reached)) return { cause: "address-family", verdict: "likely" };
  if (media.kind !== "audio") return { cause: "media-kind", verdict: "likely" };
  return { cause: "no-sdp-difference-found", verdict: "indeterminate" };
}

/** Nothing in it is for the family in which the side that refused was reached: neither a stream beside the others, as ANAT and T.38 have it, nor a candidate. */
function isOfOtherFamily(media: readonly MediaDescription[], reached: AddressFamily): boolean {
  const used = media.filter(({ port, families }) => port !== 0 && families.length > 0);
  return used.length > 0 && used.every(({ families }) => !families.includes(reached));
}

/** Undefined where a log does not name the side. */
function reachedOver({ packet: { source } }: SipResponse): AddressFamily | undefined {
  if (source.inferred === true) return undefined;
  return source.address.includes(":") ? "IP6" : "IP4";
}

interface OtherCause {
  readonly cause: Cause;
  readonly values: { readonly offered: string; readonly known: string; readonly understood: string };
  readonly decidedBy: Missing;
}

/** What a phone refuses of plain audio is most often that it is not encrypted. */
function encryptionWanted(
  cause: Cause,
  known: KnownDescription | undefined,
  offer: SessionDescription | undefined,
  decidedBy: Missing,
): OtherCause[] {
  const media = (offer?.media ?? []).filter(({ port }) => port !== 0);
  if (cause !== "no-sdp-difference-found" || known !== undefined || media.length === 0) return [];
  const isPlain = media.every(({ protocol, crypto, fingerprint }) => {
    return protocol.toUpperCase() === "RTP/AVP" && crypto.length === 0 && fingerprint === "";
  });
  if (!isPlain) return [];
  const values = { offered: offeredFor("encryption-mismatch", offer), known: "no", understood: "" };
  return [{ cause: "encryption-mismatch", values, decidedBy }];
}

function readingsOf(
  cause: Cause,
  differences: readonly OfferDifference[],
  offer: SessionDescription | undefined,
  decidedBy: Missing,
): OtherCause[] {
  const others = new Map<Cause, OfferDifference>();
  for (const difference of differences) {
    const other = causeOfDifference(difference);
    if (other !== cause && !others.has(other)) others.set(other, difference);
  }
  return [...others].map(([other, difference]) => ({
    cause: other,
    values: { offered: offeredFor(other, offer), known: "yes", understood: understoodIn(difference) },
    decidedBy,
  }));
}

function offeredFor(cause: Cause, offer: SessionDescription | undefined): string {
  const media = (offer?.media ?? []).filter(({ port }) => port !== 0);
  if (cause === "address-family") return unique(media.map(({ addressFamily = "" }) => addressFamily));
  if (cause === "media-kind") return unique(media.map(({ kind }) => kind));
  if (cause === "profile-mismatch" || cause === "encryption-mismatch")
    return unique(media.map(({ protocol }) => protocol));
  return unique(
    media.map(({ kind, protocol, formats, codecs }) => [kind, protocol, ...namesOf(formats, codecs)].join(" ")),
  );
}

function namesOf(formats: readonly string[], codecs: MediaDescription["codecs"]): readonly string[] {
  // One codec may have several payload types, one for each clock rate.
  return codecs.length === 0
    ? formats
    : [...new Set(codecs.map(({ name, payloadType }) => name || String(payloadType)))];
}

function unique(texts: readonly string[]): string {
  return [...new Set(texts)].join(", ");
}

function offered(request: SipRequest, offer: SessionDescription | undefined): Evidence[] {
  const lines = mediaLines(request, offer);
  return lines.length === 0 ? [request] : lines;
}

interface ChangedOffer {
  readonly changer: Endpoint;
  readonly before: SipRequest;
  /** What had been offered before. */
  readonly text: string;
}

/** The last element in between that passed on another offer than it had got, as far as that matters here; undefined where another one, not in view, may have done it. */
function changedOffer({ lastHop }: RefusedOffer, cause: Cause): ChangedOffer | undefined {
  for (let hop: Transaction | undefined = lastHop; hop?.upstream !== undefined; hop = hop.upstream) {
    const [before, after] = [hop.upstream.request, hop.request];
    const offer = before && sessionDescription(before);
    if (after === undefined || before === undefined || offer === undefined || hop.unseenHops > 0) return undefined;
    const text = offeredFor(cause, offer);
    if (text !== offeredFor(cause, sessionDescription(after))) return { changer: hop.client, before, text };
  }
  return undefined;
}

function shown(
  { response, minted, answer }: RefusedOffer,
  warned: boolean,
  known: KnownDescription | undefined,
): Evidence[] {
  return [
    ...(warned ? [{ message: minted.has(warning) ? minted : response, field: warning }] : []),
    ...mediaLines(minted, answer),
    ...(known === undefined ? [] : mediaLines(known.message, known.description)),
  ];
}

function mediaLines(message: SipMessage, description: SessionDescription | undefined): Evidence[] {
  return (description?.media ?? []).map((media) => ({ message, line: mediaLine(media) }));
}

/** The line of a description that a browser cannot take, where there is one. */
export function gapLines(message: SipMessage, gap: WebRtcGap | undefined): Evidence[] {
  return gap === undefined || gap.line === "" ? [] : [{ message, line: gap.line }];
}

const SECTIONS: Readonly<Record<number, string>> = {
  415: "RFC 3261 §21.4.13",
  501: "RFC 3261 §21.5.2",
  606: "RFC 3261 §21.6.4",
};

function citationOf({ response: { statusCode } }: RefusedOffer): string[] {
  if (statusCode < 300) return ["RFC 3261 §13.3.1.3"];
  return [SECTIONS[statusCode] ?? "RFC 3261 §21.4.26"];
}
