import type { Leg } from "../call/leg.ts";
import { sameResponse } from "../call/origin.ts";
import { contentType } from "../message/contentType.ts";
import { from } from "../message/from.ts";
import type { SipMessage, SipResponse } from "../message/message.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { uriWithoutParameters } from "../message/uri.ts";
import { detached, type Endpoint } from "../network/packet.ts";
import { hops, type Transaction } from "../transaction/transaction.ts";

/** Addresses of record remembered, each with one message. */
const MAX_KNOWN = 5_000;
const MAX_OFFERERS = 5_000;

/** A message with a session description of each side, over all calls that have ended: what that side is able to do. */
export class Descriptions {
  readonly #known: Map<string, SipMessage> = new Map();
  readonly #offerers: Set<Endpoint> = new Set();

  learn(leg: Leg): void {
    for (const { answer, invite } of leg.dialogs) {
      const uri = invite.request?.requestUri;
      if (answer !== undefined && uri !== undefined) this.#remember(uri, asGiven(invite, answer));
    }
    for (const root of leg.roots) if (root.method === "INVITE") this.#rememberOffer(root);
  }

  /** A message in which the side with this address offered or answered; undefined where none is known. */
  of(uri: string): SipMessage | undefined {
    return this.#known.get(uriWithoutParameters(uri));
  }

  /** Only of the first INVITE from each endpoint: phones have one address of record, and for trunks it says little. */
  #rememberOffer({ request, client }: Transaction): void {
    if (request === undefined || this.#offerers.has(client) || this.#offerers.size >= MAX_OFFERERS) return;
    this.#offerers.add(client);
    const uri = request.first(from)?.uri;
    if (uri !== undefined) this.#remember(uri, request);
  }

  #remember(uri: string, message: SipMessage): void {
    const key = uriWithoutParameters(uri);
    if (this.#known.size >= MAX_KNOWN || this.#known.has(key) || !message.has(contentType)) return;
    this.#known.set(key, parseMessage(detached(message.packet))!);
  }
}

/** On the hop nearest to its source: relays in between write descriptions of their own into it. */
function asGiven(invite: Transaction, answer: SipResponse): SipResponse {
  const seen = hops(invite).map((hop) => sameResponse(hop, answer));
  return seen.findLast((each) => each !== undefined) ?? answer;
}
