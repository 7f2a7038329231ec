import { otherLegs } from "../../call/origin.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Transaction } from "../../transaction/transaction.ts";
import type { Answer } from "../answer.ts";
import type { Context } from "../rule.ts";
import { isActedOn } from "./actedOn.ts";

/** Codes that end a branch without saying why. */
const SAYS_NOTHING: ReadonlySet<number> = new Set([408, 487]);

/** The element got another refusal on its other leg and made this one of it: that one tells why, and has a finding of its own. */
export function madeOfAnother({ lastHop, minted }: Answer, { call }: Context): boolean {
  const tried = [...lastHop.downstream, ...otherLegs(lastHop, call)];
  return tried.some((branch) => isRefused(branch, minted) && !isActedOn(branch, tried));
}

function isRefused({ finalResponse }: Transaction, minted: SipResponse): boolean {
  return (
    finalResponse !== undefined &&
    finalResponse.statusCode >= 300 &&
    !SAYS_NOTHING.has(finalResponse.statusCode) &&
    finalResponse.packet.timeMicros <= minted.packet.timeMicros
  );
}
