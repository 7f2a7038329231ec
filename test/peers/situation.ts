import type { Actor } from "./actor.ts";
import { hosts, type Host } from "./network.ts";

/** Something that happens between real programs, and what the report about it must say. */
export interface Situation {
  /** In words, and the name of a kept capture. */
  readonly name: string;
  /** Callees first: each has been started when the next one is. */
  readonly actors: readonly Actor[];
  /** Preprocessor definitions for both proxies. */
  readonly proxies?: readonly string[];
  /** Bytes that fit through to the callee; what is larger is dropped on the way without a word. */
  readonly pathMtu?: number;
  /** How long the capture runs on after the last actor has done its part; guard G1 asks for 32 s after what stays unanswered. */
  readonly watchSeconds?: number;
  /** `answered:200`: each of these is the outcome of a call. */
  readonly outcomes: readonly string[];
  /** All findings; none where the call is healthy. */
  readonly findings: readonly ExpectedFinding[];
}

export interface ExpectedFinding {
  readonly rule: string;
  /** Any of these. */
  readonly cause?: readonly string[];
  readonly verdict?: readonly string[];
  readonly statusCode?: number;
  /** Address of the element that minted the response. */
  readonly origin?: string;
  /** What its explanation must name: the element that has to act, a value. */
  readonly says?: string;
  /** True where the finding may be missing without harm. */
  readonly optional?: boolean;
}

/** `finding("callee-busy person-busy", 486, "callee")`: rule and cause (several with `|`), the response, who minted it. */
export function finding(
  name: string,
  statusCode?: number,
  origin?: Host,
  more: Partial<ExpectedFinding> = {},
): ExpectedFinding {
  const [rule, cause] = name.split(" ");
  const address = origin === undefined ? undefined : `10.9.0.${hosts[origin]}`;
  return { rule, cause: cause?.split("|"), statusCode, origin: address, ...more };
}
