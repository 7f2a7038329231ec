import { warning } from "../../message/warning.ts";
import type { HeaderField } from "../../message/headerField.ts";
import { knownFields } from "../../message/knownFields.ts";
import type { SipRequest } from "../../message/message.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Context, Draft, Rule } from "../rule.ts";
import { beside, logOf } from "../missing.ts";
import { misframedBefore } from "./deadConnection.ts";
import { closedAtOnce } from "./deliveryFailure.ts";
import { descriptionFlaw } from "./descriptionFlaw.ts";
import { type MessageFlaw, flawOf, mentions, vitalFlaw } from "./flaw.ts";
import { isSilent, watchOf } from "./silence.ts";

const REFUSED: ReadonlySet<number> = new Set([400]);

type Found = Draft<"request-malformed">;

/** A request that drew a 400, or no answer, breaks the grammar or lacks a mandatory field. RFC 3261 §8.1.1, §18.3, §20, §25 */
export const requestMalformed: Rule<"transaction", "request-malformed"> = {
  id: "request-malformed",
  inspects: "transaction",
  citations: ["RFC 3261 §8.1.1"],
  check(root, context) {
    if (root.finalResponse?.statusCode === 400) return refused(root, context);
    if (root.finalResponse !== undefined) return undefined;
    const request = root.request;
    const flaw = unansweredFlaw(root, context);
    return flaw === undefined || request === undefined ? undefined : unanswered(root, request, flaw, context);
  },
};

/** What is wrong with a request that nobody answered and that no ICMP error or reset explains. Over TCP who cannot read it may end the connection. */
export function unansweredFlaw(root: Transaction, context: Context): MessageFlaw | undefined {
  const { request } = root;
  if (request === undefined || root.responses.length > 0 || root.method === "ACK") return undefined;
  const events = context.eventsAbout(root.client, root.server, root.first.packet.timeMicros);
  const closed = closedAtOnce(root, context);
  if (closed?.by === "tls-alert") return undefined;
  const isMisframed = misframedBefore(root, context)?.frame === request.packet.frame;
  if (events.length > 0 ? !isMisframed : closed === undefined && !watchOf(root, context).expired) return undefined;
  return isSilent(root, context) ? vitalFlaw(request) : undefined;
}

function unanswered(root: Transaction, request: SipRequest, flaw: MessageFlaw, context: Context): Found {
  return {
    verdict: "likely",
    cause: flaw.cause,
    evidence: [
      { message: request, line: flaw.quote },
      ...[closedAtOnce(root, context)].filter((seen) => seen !== undefined),
    ],
    missing: [beside(root.server)],
    citations: [flaw.anomaly.citation],
    values: {
      ...placeOf(root, request, flaw),
      effect: "unanswered",
      origin: root.server.text,
      statusCode: 0,
      phrase: "",
      about: "other",
    },
  };
}

function refused(root: Transaction, context: Context): Found | undefined {
  const answer = answerOf(root, REFUSED, context);
  if (answer === undefined) return undefined;
  const { asked: request, response, minted, origin, statusCode, lastHop } = answer;
  const hint = [response.reasonPhrase, ...response.all(warning).map(({ text }) => text)].join("\n");
  const flaw = flawOf(request, hint) ?? descriptionFlaw(request);
  const named = flaw !== undefined && mentions(hint, flaw.field);
  const wanted = named ? undefined : wantedField(request, hint);
  if (wanted !== undefined) return lacking(root, answer, wanted);
  const sender = flaw === undefined ? root : senderOf(root, lastHop, flaw);
  return {
    verdict: flaw === undefined ? "indeterminate" : named ? "certain" : "likely",
    cause: flaw?.cause ?? "no-flaw-found",
    saysCodeOnly: flaw === undefined,
    response,
    origin,
    evidence: [flaw === undefined ? request : { message: request, line: flaw.quote }, minted],
    missing: named ? [] : [logOf(origin.endpoint, request.callId)],
    citations: flaw === undefined ? ["RFC 3261 §21.4.1"] : [flaw.anomaly.citation],
    values: {
      ...placeOf(sender, request, flaw),
      effect: "refused",
      origin: origin.endpoint.text,
      statusCode,
      phrase: withoutPeriod(response.reasonPhrase),
      about: speaksOfBody(hint) ? "body" : "other",
    },
  };
}

function withoutPeriod(phrase: string): string {
  return phrase.endsWith(".") ? phrase.slice(0, -1) : phrase;
}

function speaksOfBody(hint: string): boolean {
  return mentions(hint, "body") || mentions(hint, "SDP");
}

/** The header field that the refusal says is missing, and that the request does not have: who answers wants it, whether it must be there or not. */
function wantedField(request: SipRequest, hint: string): HeaderField<unknown> | undefined {
  if (request.packet.cut) return undefined;
  const lines = hint.split("\n").filter(saysMissing);
  return knownFields.find((field) => !request.has(field) && lines.some((line) => mentions(line, field.name)));
}

const MISSING: ReadonlySet<string> = new Set("missing no lacks without absent required mandatory expected".split(" "));

function saysMissing(line: string): boolean {
  return line
    .toLowerCase()
    .split(" ")
    .some((word) => MISSING.has(word));
}

function lacking(root: Transaction, answer: Answer, field: HeaderField<unknown>): Found {
  const { asked, response, minted, origin, statusCode, lastHop } = answer;
  const sender = hops(root).find(({ request }) => request?.has(field) === false) ?? lastHop;
  return {
    verdict: "likely",
    cause: "field-missing",
    response,
    origin,
    evidence: [asked, minted],
    missing: [logOf(origin.endpoint, asked.callId)],
    citations: ["RFC 3261 §21.4.1"],
    values: {
      ...placeOf(sender, asked, undefined),
      field: field.name,
      effect: "wanted",
      origin: origin.endpoint.text,
      statusCode,
      phrase: withoutPeriod(response.reasonPhrase),
      about: "other",
    },
  };
}

/** The first hop on which the request has the flaw: what is before it sent it right. */
function senderOf(root: Transaction, lastHop: Transaction, flaw: MessageFlaw): Transaction {
  const flawed = hops(root).find(
    ({ request }) =>
      request !== undefined &&
      [...request.anomalies, descriptionFlaw(request)?.anomaly].some(
        (anomaly) => anomaly?.kind === flaw.anomaly.kind && anomaly.field === flaw.anomaly.field,
      ),
  );
  return flawed ?? lastHop;
}

function placeOf({ client }: Transaction, request: SipRequest, flaw: MessageFlaw | undefined) {
  return {
    client: client.text,
    method: request.method,
    field: flaw?.field ?? "",
    line: flaw?.line ?? 0,
    column: flaw?.column ?? 0,
    sent: request.cseqMethod,
  };
}
