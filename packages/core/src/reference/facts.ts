import { facts as generatedFacts } from "./facts.generated.ts";
import type { Citation, ProfileId, ResponseClass, ResponseCode } from "./responseCode.ts";

/** Everything that is known without words, compiled from content/. */
export interface Facts {
  /** When the copy of IANA's registry was made, `2026-07-30`. */
  readonly date: string;
  /** Ascending. */
  readonly codes: readonly ResponseCode[];
  readonly q850: readonly Q850Cause[];
  readonly warnings: readonly WarnCode[];
  readonly reasons: readonly ReasonProtocol[];
  readonly pairs: readonly CodePair[];
  readonly unregistered: readonly UnregisteredCode[];
  /** What people notice, in the order of the list that is shown. */
  readonly symptoms: readonly Symptom[];
  readonly profiles: Readonly<Record<ProfileId, Profile>>;
  /** The RFCs cited, by number, with the titles of the sections cited. */
  readonly rfcs: Readonly<
    Record<string, { readonly title: string; readonly sections: Readonly<Record<string, string>> }>
  >;
}

/** An ISDN cause. ITU-T Q.850 §2.2.7; content/q850/<cause>.json. */
export interface Q850Cause {
  readonly cause: number;
  readonly class: string;
  /** The answer to an INVITE that was not answered yet, by profile. */
  readonly toSip: Readonly<Partial<Record<ProfileId, ToSip>>>;
  /** False where only software knows the number. */
  readonly listedByItu?: boolean;
  readonly citations: readonly Citation[];
}

export interface ToSip {
  /** Absent: no response. */
  readonly code?: number;
  /** `request`: BYE or CANCEL instead of a response. `none`: another circuit is taken. */
  readonly basis: "listed" | "default" | "request" | "none";
  readonly otherwise?: { readonly code: number; readonly when: string; readonly strength: "may" | "must" };
  /** Only where this holds. */
  readonly when?: string;
}

/** RFC 3261 §20.43; content/warnings/<code>.json. */
export interface WarnCode {
  readonly code: number;
  /** As registered. */
  readonly text: string;
  readonly group: string;
  readonly automaticAction: "allowed" | "ask-user" | "forbidden";
  /** Response codes; empty = any. */
  readonly usedWith: readonly number[];
  readonly defined: Citation;
  readonly citations: readonly Citation[];
}

/** A protocol of the Reason header field. RFC 3326 §2; content/reasons/<protocol>.json. */
export interface ReasonProtocol {
  readonly protocol: string;
  readonly definedIn: readonly string[];
  readonly usedIn: string;
  readonly causes: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly unverified?: boolean;
  readonly citations: readonly Citation[];
}

/** Two codes that people confuse, ascending; content/pairs/<a>-<b>.json. */
export interface CodePair {
  readonly codes: readonly [number, number];
  /** Searched together though they have nothing in common. */
  readonly unrelated?: boolean;
  readonly citations: readonly Citation[];
}

/** A number seen on the wire that nobody registered; content/unregistered/<code>.json. */
export interface UnregisteredCode {
  readonly code: number;
  readonly phrase: string;
  readonly class: ResponseClass;
  /** The registered code that would say the same. */
  readonly nearest: number;
  readonly senders: readonly { readonly product: string; readonly source: string }[];
  readonly citation: Citation;
}

/** Something that a person notices of a call or a phone; content/symptoms.json. */
export interface Symptom {
  readonly symptom: string;
  /** The rules that may say why, the likeliest first. */
  readonly rules: readonly string[];
}

export interface Profile {
  readonly name: string;
  /** Whence its table is known. */
  readonly toIsdn?: string;
  readonly toSip?: string;
  readonly effect?: string;
}

/** Everything, as it was compiled. */
export const facts: Facts = generatedFacts;

const byCode = new Map(facts.codes.map((entry) => [entry.code, entry]));
const byPair = new Map(facts.pairs.map((pair) => [pair.codes.join("-"), pair]));

/** Every registered code, ascending. */
export const codes: readonly ResponseCode[] = facts.codes;

/** The facts of a registered code; `undefined` for any other number. */
export function responseCode(code: number): ResponseCode | undefined {
  return byCode.get(code);
}

/** The pair of two codes in ascending order, when people confuse them. */
export function confusablePair(a: number, b: number): CodePair | undefined {
  return byPair.get(`${a}-${b}`);
}

/** The codes that people confuse with this one, ascending. */
export function confusedWith(code: number): number[] {
  const others = facts.pairs
    .filter((pair) => pair.codes.includes(code))
    .map(({ codes: [a, b] }) => (a === code ? b : a));
  return others.sort((a, b) => a - b);
}

/** The ISDN causes that a gateway of this profile turns into the code because its table lists them, ascending. */
export function causesBecoming(code: number, profile: ProfileId): number[] {
  return facts.q850
    .filter(
      ({ toSip: { [profile]: to } }) => (to?.code === code && to.basis === "listed") || to?.otherwise?.code === code,
    )
    .map(({ cause }) => cause);
}

/** `502 Bad Gateway`; the number alone where nothing is registered. */
export function nameOf(code: number): string {
  const entry = byCode.get(code);
  return entry ? `${code} ${entry.phrase}` : String(code);
}
