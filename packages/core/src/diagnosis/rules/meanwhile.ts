import type { SipResponse } from "../../message/message.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Context } from "../rule.ts";

export interface Meanwhile {
  readonly kind: "none" | "same" | "other";
  readonly shows: SipResponse | undefined;
  readonly values: { readonly answered: string; readonly answeredTo: string };
}

/** What a silent server answered in the meantime, to the same client or to another one: it is up, and something drops this request. */
export function meanwhileOf(hop: Transaction | undefined, context: Context): Meanwhile {
  const shows = hop && context.answeredMeanwhile(hop);
  if (shows === undefined) return { kind: "none", shows, values: { answered: "", answeredTo: "" } };
  const { destination } = shows.packet;
  const kind = destination.host === hop?.client.host ? "same" : "other";
  return { kind, shows, values: { answered: shows.method, answeredTo: destination.text } };
}
