import { accept } from "../../message/accept.ts";
import { acceptEncoding } from "../../message/acceptEncoding.ts";
import { contentEncoding } from "../../message/contentEncoding.ts";
import { contentLength } from "../../message/contentLength.ts";
import { contentType } from "../../message/contentType.ts";
import type { MediaType } from "../../message/mediaType.ts";
import type { SipRequest } from "../../message/message.ts";
import { retryAfter } from "../../message/retryAfter.ts";
import { warning } from "../../message/warning.ts";
import { type Answer, answerOf } from "../answer.ts";
import { firstHopWith } from "../firstHopWith.ts";
import type { Evidence, Rule, Verdict } from "../rule.ts";
import { whoKnows } from "../missing.ts";
import { listed } from "../wording.ts";
import { offeredOtherwise } from "./offeredOtherwise.ts";
import { isChangeToFax } from "./changeToFax.ts";
import { wasRetried } from "./retry.ts";

const REFUSED: ReadonlySet<number> = new Set([406, 413, 415, 493]);

/** The body, or the form of the answer, is not taken. RFC 3261 §8.2.3, §21.4.7, §21.4.11, §21.4.13 */
export const bodyRefused: Rule<"transaction", "body-refused"> = {
  id: "body-refused",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.3"],
  finalStatusCodes: REFUSED,
  check(root, context) {
    const answer = answerOf(root, REFUSED, context);
    // What is refused of it are the media.
    if (answer?.statusCode === 415 && isChangeToFax(answer.request)) return undefined;
    if (answer === undefined || offeredOtherwise(root, context)) return undefined;
    if (wasRetried(root, context, (again) => isMended(again, answer))) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const { cause, verdict, doubt = "none" } = causeOf(answer);
    const named = cause === "accept" ? asked : minted;
    const refused = formOf(asked, statusCode);
    const sender = firstHopWith(root, answer, context, (request) => formOf(request, statusCode) === refused);
    const unsure = whoKnows(origin, asked.callId);
    return {
      verdict,
      cause,
      response,
      origin,
      evidence: [asked, ...evidenceOf(cause, answer), minted, ...(doubt === "media" ? warned(answer) : [])],
      missing: verdict === "certain" ? [] : [unsure],
      citations: [SECTIONS[statusCode]],
      values: {
        client: (sender ?? root).client.text,
        origin: origin.endpoint.text,
        contentType: asked.first(contentType)?.mediaType ?? "",
        multipart: asked.first(contentType)?.type === "multipart" ? "yes" : "no",
        encoding: asked.all(contentEncoding).join(", "),
        accepted: listed(named.all(accept).map(({ mediaType }) => mediaType)),
        bytes: bytesOf(asked),
        retrySeconds: minted.first(retryAfter)?.seconds ?? 0,
        doubt,
        warning: doubt === "media" && minted.has(warning) ? minted.quote(warning) : "",
      },
    };
  },
};

const SECTIONS: Readonly<Record<number, string>> = {
  406: "RFC 3261 §21.4.7",
  413: "RFC 3261 §21.4.11",
  415: "RFC 3261 §21.4.13",
  493: "RFC 3261 §21.4.28",
};

/** True where the client sent it again as the refusal asks: another type or encoding, another `Accept`, a smaller body. RFC 3261 §8.1.3.5 */
function isMended(again: SipRequest, { statusCode, request }: Answer): boolean {
  if (statusCode === 413) return bytesOf(again) < bytesOf(request);
  return formOf(again, statusCode) !== formOf(request, statusCode);
}

/** What of a request this status code is about: what answers it takes, or the type and encoding of its body. */
function formOf(request: SipRequest, statusCode: number): string {
  if (statusCode === 406) return listed(request.all(accept).map(({ mediaType }) => mediaType));
  return [request.first(contentType)?.mediaType, ...request.all(contentEncoding)].join(" ").toLowerCase();
}

/** As announced, where the capture has not all of it. */
function bytesOf(request: SipRequest): number {
  return Math.max(request.body.end - request.body.start, request.first(contentLength) ?? 0);
}

type Cause = "content-type" | "content-encoding" | "too-large" | "accept" | "undecipherable";

interface Reasoned {
  readonly cause: Cause;
  readonly verdict: Verdict;
  /**
   * What speaks against it: the request has no body, or none that is encrypted, or no `Accept`; the answer lists its type; or it is a call and SDP is taken, or
   * all it has.
   */
  readonly doubt?: "no-body" | "plain" | "no-accept" | "listed" | "media" | "sdp";
}

function causeOf(answer: Answer): Reasoned {
  const { statusCode, asked } = answer;
  if (statusCode === 413 && bytesOf(asked) === 0)
    return { cause: "too-large", verdict: "indeterminate", doubt: "no-body" };
  if (statusCode === 413) return { cause: "too-large", verdict: "certain" };
  if (statusCode === 493) return undecipherableCause(asked);
  return statusCode === 406 ? acceptCause(answer) : typeCause(answer);
}

/** RFC 3261 §21.4.28 */
function undecipherableCause(asked: SipRequest): Reasoned {
  const cause = "undecipherable";
  const type = asked.first(contentType);
  if (type === undefined) return { cause, verdict: "indeterminate", doubt: "no-body" };
  const parts = type.type === "multipart" ? asked.bodyText() : "";
  return ENCRYPTED.test(type.mediaType) || ENCRYPTED.test(parts)
    ? { cause, verdict: "certain" }
    : { cause, verdict: "indeterminate", doubt: "plain" };
}

/** As S/MIME or OpenPGP name it. RFC 3261 §23.3 */
const ENCRYPTED = /pkcs7-mime|encrypted/iu;

/** An INVITE without Accept takes SDP (RFC 3261 §20.1): where a call is refused in this way, the media are meant, as with 488. */
function acceptCause({ asked }: Answer): Reasoned {
  const ranges = asked.all(accept);
  const takesSdp = !asked.has(accept) || ranges.some((range) => covers(range, SDP));
  if (CARRIES_OFFER.has(asked.method) && takesSdp) return { cause: "accept", verdict: "likely", doubt: "media" };
  // What an answer may bring is not narrowed then. RFC 3261 §20.1
  if (!asked.has(accept)) return { cause: "accept", verdict: "indeterminate", doubt: "no-accept" };
  const isNarrow = ranges.every(({ type }) => type !== "*");
  return { cause: "accept", verdict: isNarrow ? "certain" : "likely" };
}

const SDP: Pick<MediaType, "type" | "subtype"> = { type: "application", subtype: "sdp" };
const CARRIES_OFFER: ReadonlySet<string> = new Set(["INVITE", "UPDATE"]);

function typeCause({ asked, minted }: Answer): Reasoned {
  const type = asked.first(contentType);
  if (type === undefined) return { cause: "content-type", verdict: "indeterminate", doubt: "no-body" };
  const isTaken = minted.all(accept).some((range) => covers(range, type));
  const codings = new Set(["identity", ...minted.all(acceptEncoding).map(({ value }) => value.toLowerCase())]);
  const isEncoded = asked.all(contentEncoding).some((name) => !codings.has(name.toLowerCase()) && !codings.has("*"));
  if (isEncoded && (isTaken || !minted.has(accept)))
    return { cause: "content-encoding", verdict: isTaken || minted.has(acceptEncoding) ? "certain" : "likely" };
  if (isTaken) return { cause: "content-type", verdict: "indeterminate", doubt: "listed" };
  // Every user agent takes SDP (RFC 3261 §13.2.1): without a list of types, what it describes may be meant.
  const mayBeMedia = covers(SDP, type) && CARRIES_OFFER.has(asked.method) && !minted.has(accept);
  return mayBeMedia
    ? { cause: "content-type", verdict: "likely", doubt: "sdp" }
    : { cause: "content-type", verdict: "certain" };
}

/** A media range takes a type: by name, or with `*`. RFC 3261 §20.1 */
function covers(range: Pick<MediaType, "type" | "subtype">, { type, subtype }: Pick<MediaType, "type" | "subtype">) {
  return (range.type === "*" || range.type === type) && (range.subtype === "*" || range.subtype === subtype);
}

function evidenceOf(cause: Cause, { asked, minted }: Answer): Evidence[] {
  if (cause === "too-large") return minted.has(retryAfter) ? [{ message: minted, field: retryAfter }] : [];
  if (cause === "accept") return asked.has(accept) ? [{ message: asked, field: accept }] : [];
  const field = cause === "content-encoding" ? contentEncoding : contentType;
  const sent = asked.has(field) ? [{ message: asked, field }] : [];
  return minted.has(accept) ? [...sent, { message: minted, field: accept }] : sent;
}

function warned({ minted }: Answer): Evidence[] {
  return minted.has(warning) ? [{ message: minted, field: warning }] : [];
}
