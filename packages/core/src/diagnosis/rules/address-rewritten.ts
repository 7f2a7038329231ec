import { contact } from "../../message/contact.ts";
import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest } from "../../message/message.ts";
import { parseUri } from "../../message/uri.ts";
import { via } from "../../message/via.ts";
import { hops, isSuccess, isUpstreamSeenAgain, timerFor, type Transaction } from "../../transaction/transaction.ts";
import type { Context, Draft, Evidence, Rule } from "../rule.ts";
import { beside } from "../missing.ts";
import { isPrivateAddress, isPublicAddress } from "./reachability.ts";
import { isAnsweredOutOfView } from "./silence.ts";

/** A 2xx that is repeated once may only have crossed its ACK. RFC 3261 §13.3.1.4 */
const SENDINGS_ON_TIME = 2;

/** Addresses inside a SIP message that somebody on the way changed. RFC 3581, RFC 3261 §18.2.1 */
export const addressRewritten: Rule<"call", "address-rewritten"> = {
  id: "address-rewritten",
  inspects: "call",
  citations: ["RFC 3261 §18.2.1", "RFC 3581 §4"],
  restsOnSides: true,
  check(call, context) {
    for (const { roots } of call.legs) {
      for (const root of roots) {
        const found = root.downstream.length === 0 ? undefined : changedOnTheWay(root);
        if (found !== undefined) return found;
      }
    }
    return call.attempt && halfRewritten(call.attempt, context);
  },
};

interface Place {
  readonly name: "Via" | "Contact" | "c=";
  /** False where it may have been sent and was not captured. */
  isIn(request: SipRequest): boolean;
  read(request: SipRequest): string;
  evidence(request: SipRequest): Evidence;
}

const PLACES: readonly Place[] = [
  { name: "Contact", isIn: hasHeader, read: contactHost, evidence: byField(contact) },
  { name: "Via", isIn: hasHeader, read: (request) => request.first(via)?.host ?? "", evidence: byField(via) },
  {
    name: "c=",
    isIn: ({ packet }) => !packet.cut,
    read: (request) => connectionAddress(request),
    evidence: (message) => ({ message, line: connectionLine(message) }),
  },
];

function hasHeader({ headerCut }: SipRequest): boolean {
  return !headerCut;
}

/** A request at two points that passed nothing that adds a Via, and yet it is not the same. */
function changedOnTheWay(root: Transaction): Draft<"address-rewritten"> | undefined {
  for (const hop of hops(root)) {
    const before = hop.upstream?.request;
    const after = hop.request;
    if (before === undefined || after === undefined || hop.upstream === undefined || !isUpstreamSeenAgain(hop))
      continue;
    const place = PLACES.find(({ isIn, read }) => isIn(before) && isIn(after) && read(before) !== read(after));
    if (place === undefined) continue;
    return {
      verdict: "certain",
      cause: "alg-suspected",
      evidence: [before, after, place.evidence(before), place.evidence(after)],
      values: {
        method: hop.method,
        client: hop.upstream.client.text,
        server: hop.server.text,
        before: `${place.name} ${place.read(before)}`,
        after: `${place.name} ${place.read(after)}`,
      },
    };
  }
  return undefined;
}

/**
 * Contact and c= of one request are of two worlds, one private, one public, and the request came from a public address. That works for
 * many, so it is told only where the call did not come about or its answer got no ACK.
 */
function halfRewritten(attempt: Transaction, context: Context): Draft<"address-rewritten"> | undefined {
  const { request, client, server } = attempt;
  if (request === undefined || attempt.method !== "INVITE" || !endedInSilence(attempt, context)) return undefined;
  if (!isPublicAddress(client.address)) return undefined;
  const inContact = contactHost(request);
  const inSdp = connectionAddress(request);
  const contactIsPublic = isPublicAddress(inContact) && isPrivateAddress(inSdp);
  if (!contactIsPublic && !(isPrivateAddress(inContact) && isPublicAddress(inSdp))) return undefined;
  const [publicPlace, privatePlace] = contactIsPublic ? (["Contact", "c="] as const) : (["c=", "Contact"] as const);
  return {
    verdict: "likely",
    cause: "half-rewritten",
    evidence: [request, { message: request, field: contact }, { message: request, line: connectionLine(request) }],
    missing: [beside(client)],
    values: {
      method: request.method,
      client: client.text,
      server: server.text,
      public: contactIsPublic ? inContact : inSdp,
      publicField: publicPlace,
      private: contactIsPublic ? inSdp : inContact,
      privateField: privatePlace,
    },
  };
}

function endedInSilence(attempt: Transaction, context: Context): boolean {
  const final = attempt.finalResponse;
  const { leg, observedUntilMicros } = context;
  if (final === undefined) {
    const waited = observedUntilMicros - attempt.first.packet.timeMicros > timerFor(attempt);
    return waited && !isAnsweredOutOfView(attempt, context);
  }
  if (final.statusCode >= 300 || attempt.responses.length <= SENDINGS_ON_TIME) return false;
  const dialog = leg.dialogs.find(({ invite }) => invite === attempt);
  const sendings = attempt.responses.filter(isSuccess);
  return dialog !== undefined && dialog.acks.length === 0 && sendings.length > SENDINGS_ON_TIME;
}

function contactHost(request: SipRequest): string {
  const uri = request.first(contact)?.uri;
  return uri === undefined ? "" : (parseUri(uri)?.host ?? "");
}

function byField(field: HeaderField<unknown>): Place["evidence"] {
  return (message) => ({ message, field });
}

/** `c=IN IP4 10.0.0.1`, the first one. RFC 8866 §5.7 */
function connectionLine(request: SipRequest): string {
  const body = request.bodyText();
  const start = body.indexOf("c=IN ");
  if (start < 0 || (start > 0 && body[start - 1] !== "\n")) return "";
  const end = body.indexOf("\n", start);
  return body.slice(start, end < 0 ? body.length : end).trimEnd();
}

function connectionAddress(request: SipRequest): string {
  return connectionLine(request).split(" ")[2]?.split("/")[0] ?? "";
}
