import type { Referral } from "../../dialog/dialog.ts";
import { fromUri } from "../../message/partyUri.ts";
import { referTo } from "../../message/referTo.ts";
import { route } from "../../message/route.ts";
import { sipfragStatus } from "../../message/sipfrag.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import { hops, isSuccess, type Transaction } from "../../transaction/transaction.ts";

/** The last status that a NOTIFY of a REFER reported. RFC 3515 §2.4.5 */
export interface ReportedStatus {
  readonly notify: Transaction;
  readonly statusCode: number;
  readonly reasonPhrase: string;
}

export function lastReport({ notifies }: Referral): ReportedStatus | undefined {
  for (let i = notifies.length - 1; i >= 0; i--) {
    const { request } = notifies[i];
    const status = request && sipfragStatus(request);
    if (status !== undefined) return { notify: notifies[i], ...status };
  }
  return undefined;
}

/** Values that the prose of every rule on transfers uses. A side that is not in view is named by its URI: whom the REFER passed on its way asked nobody. */
export function partiesOf({ refer }: Referral): { referrer: string; transferee: string; target: string } {
  const { server, request } = hops(refer).at(-1) ?? refer;
  const { first, client } = refer;
  const asked = request ?? refer.request;
  const goesOn = request === undefined || request.has(route);
  return {
    referrer: first.branches.length > 1 ? fromUri(first) || client.text : client.text,
    transferee: asked !== undefined && goesOn ? uriWithoutParameters(asked.requestUri) : server.text,
    target: uriWithoutParameters(first.first(referTo)?.uri ?? ""),
  };
}

/** True where the REFER was accepted: 2xx; 202 is deprecated and means the same. RFC 6665 §8.3.1 */
export function isReferAccepted({ refer: { finalResponse } }: Referral): boolean {
  return finalResponse !== undefined && isSuccess(finalResponse);
}

/** The first NOTIFY that was refused with one of these, and none after it was taken: a challenged one is sent again. */
export function refusedNotify(
  { notifies }: Referral,
  isRefusal: (statusCode: number) => boolean,
): Transaction | undefined {
  const codes = notifies.map(({ finalResponse }) => finalResponse?.statusCode ?? 0);
  const taken = codes.findLastIndex((statusCode) => isSuccess({ statusCode }));
  return notifies[codes.findIndex((code, index) => index > taken && isRefusal(code))];
}
