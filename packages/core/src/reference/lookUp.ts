import {
  codes,
  facts,
  responseCode,
  type Q850Cause,
  type ReasonProtocol,
  type UnregisteredCode,
  type WarnCode,
} from "./facts.ts";
import { LookUpError } from "./lookUpError.ts";
import type { ResponseCode } from "./responseCode.ts";

export type LookUp =
  | { readonly kind: "registered"; readonly code: number; readonly facts: ResponseCode }
  | {
      readonly kind: "unregistered";
      readonly code: number;
      readonly facts: UnregisteredCode;
      readonly treatedAs: ResponseCode;
    }
  | {
      readonly kind: "unknown";
      readonly code: number;
      /** What a client that does not know the code takes it for: x00, or 183 for a 1xx. RFC 3261 §8.1.3.2. */
      readonly treatedAs: ResponseCode;
      /** Registered codes of the class, nearest first. */
      readonly nearest: readonly number[];
    };

/** What is known of a number. Throws LookUpError `not-a-status-code` outside 100 to 699. */
export function lookUp(code: number): LookUp {
  if (!Number.isInteger(code) || code < 100 || code > 699) throw new LookUpError("not-a-status-code", code);
  const registered = responseCode(code);
  if (registered) return { kind: "registered", code, facts: registered };
  const unregistered = facts.unregistered.find((entry) => entry.code === code);
  const treatedAs = treatedAsIfUnknown(code);
  if (unregistered) return { kind: "unregistered", code, facts: unregistered, treatedAs };
  return { kind: "unknown", code, treatedAs, nearest: nearestTo(code) };
}

/** RFC 3261 §8.1.3.2. */
function treatedAsIfUnknown(code: number): ResponseCode {
  return responseCode(code < 200 ? 183 : Math.floor(code / 100) * 100)!;
}

function nearestTo(code: number): number[] {
  const sameClass = codes
    .map((entry) => entry.code)
    .filter((other) => Math.floor(other / 100) === Math.floor(code / 100));
  return sameClass.sort((a, b) => Math.abs(a - code) - Math.abs(b - code) || a - b).slice(0, 3);
}

/** An ISDN cause. Throws LookUpError `not-a-cause` outside 1 to 127, `unknown-cause` for one that is not assigned. */
export function q850(cause: number): Q850Cause {
  if (!Number.isInteger(cause) || cause < 1 || cause > 127) throw new LookUpError("not-a-cause", cause);
  return found(
    facts.q850.find((entry) => entry.cause === cause),
    "unknown-cause",
    cause,
  );
}

/** A warn-code. Throws LookUpError `unknown-warning`. */
export function warning(code: number): WarnCode {
  return found(
    facts.warnings.find((entry) => entry.code === code),
    "unknown-warning",
    code,
  );
}

/** A protocol of the Reason header field, whatever its case. Throws LookUpError `unknown-reason`. */
export function reasonProtocol(protocol: string): ReasonProtocol {
  const wanted = protocol.toLowerCase();
  return found(
    facts.reasons.find((entry) => entry.protocol.toLowerCase() === wanted),
    "unknown-reason",
    protocol,
  );
}

function found<T>(
  entry: T | undefined,
  code: "unknown-cause" | "unknown-warning" | "unknown-reason",
  value: string | number,
): T {
  if (entry === undefined) throw new LookUpError(code, value);
  return entry;
}
