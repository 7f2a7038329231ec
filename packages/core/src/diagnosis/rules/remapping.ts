import { otherLegs } from "../../call/origin.ts";
import type { Call } from "../../call/call.ts";
import type { SipResponse } from "../../message/message.ts";
import { q850CauseOf } from "../../message/q850Cause.ts";
import { facts, responseCode } from "../../reference/facts.ts";
import type { ProfileId } from "../../reference/responseCode.ts";
import { hops, REQUEST_TERMINATED, type Transaction } from "../../transaction/transaction.ts";

/** An answer of one leg that another leg passed on as another code, by way of a Q.850 cause. */
export interface Remapping {
  /** What the element passed on, and the transaction in which it did. */
  readonly at: Transaction;
  readonly sent: SipResponse;
  /** What it had got on its other leg. */
  readonly got: SipResponse;
  readonly q850: number;
  /** Whose table it is: proper names. */
  readonly table: string;
  /** The Reason header fields of both answers name the cause: another attempt, which is not in view, need not have given what was sent. */
  readonly proven: boolean;
}

/** Tables with both directions; that of the standard first. */
const PROFILES: readonly ProfileId[] = ["rfc3398", "rfc4497", "asterisk", "freeswitch", "oracle", "audiocodes"];

/** The first remapping on the way of the answer, from the caller on. */
export function remappingOf(call: Call): Remapping | undefined {
  const { attempt } = call;
  if (attempt === undefined || call.legs.length < 2 || (attempt.finalResponse?.statusCode ?? 0) < 300) return undefined;
  for (const root of call.legs.flatMap(({ roots }) => roots)) {
    if (root.method !== attempt.method || (root.finalResponse?.statusCode ?? 0) < 300) continue;
    for (const at of hops(root)) {
      const found = remappingAt(at, call);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function remappingAt(at: Transaction, call: Call): Remapping | undefined {
  const sent = at.finalResponse;
  if (sent === undefined || at.downstream.length > 0) return undefined;
  const got = answerToTranslate(otherLegs(at, call), sent);
  const mapping = got && mappingBetween(got, sent);
  return mapping && { at, sent, got, ...mapping };
}

/** Of several attempts the last one that had been answered decided: undefined where one was still open, or had given what was sent. */
function answerToTranslate(attempts: readonly Transaction[], sent: SipResponse): SipResponse | undefined {
  let got: SipResponse | undefined;
  for (const { first, cancel, finalResponse } of attempts) {
    if (first.packet.timeMicros > sent.packet.timeMicros) continue;
    if (finalResponse === undefined || finalResponse.packet.timeMicros > sent.packet.timeMicros) {
      if (cancel === undefined) return undefined;
      continue;
    }
    if (finalResponse.statusCode === sent.statusCode) return undefined;
    if (cancel !== undefined && finalResponse.statusCode === REQUEST_TERMINATED) continue;
    if (got === undefined || finalResponse.packet.timeMicros >= got.packet.timeMicros) got = finalResponse;
  }
  return got !== undefined && isRefusal(got.statusCode) ? got : undefined;
}

/** What ends an attempt: no redirection, which leads elsewhere, and no challenge, which asks for the request again. RFC 3261 §21.3, §22 */
function isRefusal(statusCode: number): boolean {
  return statusCode >= 400 && statusCode !== 401 && statusCode !== 407;
}

/** A cause named in what was sent must be that of what was got, by the same table or by its own Reason: else it is of other origin. */
function mappingBetween(got: SipResponse, sent: SipResponse): Pick<Remapping, "q850" | "table" | "proven"> | undefined {
  const named = q850CauseOf(sent);
  const gotNamed = q850CauseOf(got);
  for (const profile of PROFILES) {
    const causes = [gotNamed, responseCode(got.statusCode)?.toIsdn[profile]?.cause];
    const cause = named === undefined ? causes.find((known) => known !== undefined) : named;
    if (cause === undefined || !causes.includes(cause) || !becomes(cause, profile, sent.statusCode)) continue;
    return { q850: cause, table: facts.profiles[profile].name, proven: named !== undefined && named === gotNamed };
  }
  return undefined;
}

function becomes(cause: number, profile: ProfileId, statusCode: number): boolean {
  const to = facts.q850.find((entry) => entry.cause === cause)?.toSip[profile];
  return to !== undefined && (to.code === statusCode || to.otherwise?.code === statusCode);
}
