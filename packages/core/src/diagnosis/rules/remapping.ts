import { otherLegs } from "../../call/origin.ts";
import type { Call } from "../../call/call.ts";
import type { SipResponse } from "../../message/message.ts";
import { facts, responseCode } from "../../reference/facts.ts";
import type { ProfileId } from "../../reference/responseCode.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import { q850CauseOf } from "../answer.ts";

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
  /** The Reason header field of the answer names the cause. */
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
  // Of several attempts the last one that had been answered decided.
  const got = otherLegs(at, call)
    .map(({ finalResponse }) => finalResponse)
    .filter((answer) => answer !== undefined)
    .findLast((answer) => answer.packet.timeMicros <= sent.packet.timeMicros);
  if (got === undefined || got.statusCode < 300 || got.statusCode === sent.statusCode) return undefined;
  const mapping = mappingBetween(got, sent);
  return mapping && { at, sent, got, ...mapping };
}

function mappingBetween(got: SipResponse, sent: SipResponse): Pick<Remapping, "q850" | "table" | "proven"> | undefined {
  const named = q850CauseOf(sent) ?? q850CauseOf(got);
  for (const profile of PROFILES) {
    const cause = named ?? responseCode(got.statusCode)?.toIsdn[profile]?.cause;
    if (cause === undefined || !becomes(cause, profile, sent.statusCode)) continue;
    return { q850: cause, table: facts.profiles[profile].name, proven: named !== undefined };
  }
  return undefined;
}

function becomes(cause: number, profile: ProfileId, statusCode: number): boolean {
  const to = facts.q850.find((entry) => entry.cause === cause)?.toSip[profile];
  return to !== undefined && (to.code === statusCode || to.otherwise?.code === statusCode);
}
