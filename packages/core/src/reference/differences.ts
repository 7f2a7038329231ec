import { headerFieldName, rolesOf } from "./codeFacts.ts";
import { causesBecoming, nameOf } from "./facts.ts";
import type { HeaderFieldFact, ResponseCode } from "./responseCode.ts";
import type { Speaker } from "./speaker.ts";

/** One thing in which two codes differ. */
export interface Difference {
  readonly topic: Topic;
  /** The topic, in words. */
  readonly heading: string;
  /** One or two, each complete in itself. */
  readonly sentences: readonly string[];
}

export type Topic =
  | "deprecated"
  | "class"
  | "lasting"
  | "mintedBy"
  | "methods"
  | "search"
  | "client"
  | "changes"
  | "headerFields"
  | "effect"
  | "synthetic"
  | "toIsdn"
  | "fromIsdn";

type Tell = (a: ResponseCode, b: ResponseCode, speaker: Speaker) => string[];

/** In the order in which they are told: what decides most often comes first. Each yields nothing where the two do not differ. */
const topics: readonly (readonly [Topic, Tell])[] = [
  ["deprecated", deprecated],
  ["class", classes],
  ["lasting", lasting],
  ["mintedBy", mintedBy],
  ["methods", methods],
  ["search", search],
  ["client", client],
  ["changes", changes],
  ["headerFields", headerFields],
  ["effect", effect],
  ["synthetic", synthetic],
  ["toIsdn", toIsdn],
  ["fromIsdn", fromIsdn],
];

/** What differs between two codes according to the facts, each said in sentences of its own. */
export function differencesOf(a: ResponseCode, b: ResponseCode, speaker: Speaker): Difference[] {
  return topics.flatMap(([topic, tell]): Difference[] => {
    const sentences = tell(a, b, speaker);
    return sentences.length === 0 ? [] : [{ topic, heading: speaker.say(`topic.${topic}`), sentences }];
  });
}

/** Both codes, each with the other: for sentences that are said of one at a time. */
function eachOf(
  a: ResponseCode,
  b: ResponseCode,
  tell: (code: ResponseCode, other: ResponseCode) => string[],
): string[] {
  return [...tell(a, b), ...tell(b, a)];
}

function deprecated(a: ResponseCode, b: ResponseCode, { say }: Speaker): string[] {
  if (Boolean(a.deprecated) === Boolean(b.deprecated)) return [];
  const [old, other] = a.deprecated ? [a, b] : [b, a];
  return [say("deprecated.one", { deprecated: name(old), other: name(other) })];
}

function classes(a: ResponseCode, b: ResponseCode, { say }: Speaker): string[] {
  if (a.class === b.class) return [];
  return [a, b].map((code) => say(`class.${code.class}.means`, { code: name(code) }));
}

function lasting(a: ResponseCode, b: ResponseCode, { say }: Speaker): string[] {
  if (isProvisional(a) === isProvisional(b)) return [];
  return [a, b].map((code) => say(isProvisional(code) ? "lasting.provisional" : "lasting.final", { code: name(code) }));
}

function mintedBy(a: ResponseCode, b: ResponseCode, speaker: Speaker): string[] {
  if (sameSet(a.mintedBy, b.mintedBy)) return [];
  return [a, b].map((code) =>
    speaker.say("minted.by", { code: name(code), roles: speaker.or(rolesOf(code, speaker)) }),
  );
}

function methods(a: ResponseCode, b: ResponseCode, { say, and }: Speaker): string[] {
  if (sameSet(a.methods, b.methods)) return [];
  return [a, b].map((code) =>
    code.methods.length === 0
      ? say("methods.all", { code: name(code) })
      : say("methods.only", { code: name(code), methods: and(code.methods) }),
  );
}

/** Only where both are failures: no search goes on after a success. */
function search(a: ResponseCode, b: ResponseCode, { say }: Speaker): string[] {
  const areFailures = [a, b].every((code) => code.class !== "1xx" && code.class !== "2xx");
  if (!areFailures || a.endsSearch === b.endsSearch) return [];
  const [ending, other] = a.endsSearch ? [a, b] : [b, a];
  return [say("search.ends.one", { ending: name(ending), other: name(other) })];
}

function client(a: ResponseCode, b: ResponseCode, { say }: Speaker): string[] {
  if (a.client.action === b.client.action) return [];
  return [a, b].map((code) => say(`action.${code.client.action}.after`, { code: name(code) }));
}

function changes(a: ResponseCode, b: ResponseCode, speaker: Speaker): string[] {
  if (sameSet(a.client.changes, b.client.changes)) return [];
  return [a, b].flatMap((code) => {
    if (code.client.changes.length === 0) return [];
    const list = speaker.and(changesOf(code, speaker));
    return [speaker.say("change.list", { code: name(code), changes: list })];
  });
}

/** What a retry changes, in words. */
export function changesOf(code: ResponseCode, { say }: Speaker): string[] {
  return code.client.changes.map((change) => say(`change.${change}`));
}

function headerFields(a: ResponseCode, b: ResponseCode, speaker: Speaker): string[] {
  return eachOf(a, b, (code, other) => {
    const own = (need: HeaderFieldFact["need"]) => namesOnlyIn(code, other, need, speaker);
    const [required, expected] = [own("required"), own("expected")];
    const values = { code: name(code), other: name(other) };
    return [
      ...(required.length > 0
        ? [speaker.say("differ.headerFields", { ...values, fields: speaker.and(required) })]
        : []),
      ...(expected.length > 0
        ? [speaker.say("differ.headerFields.expected", { ...values, fields: speaker.and(expected) })]
        : []),
    ];
  });
}

/** Header fields that tell the codes apart whatever the circumstances: those bound to a condition or a method prove nothing. */
function namesOnlyIn(
  code: ResponseCode,
  other: ResponseCode,
  need: HeaderFieldFact["need"],
  speaker: Speaker,
): string[] {
  const known = new Set(
    other.headerFields.filter((field) => field.need !== "optional").flatMap((field) => field.names),
  );
  return unconditional(code, need)
    .filter(({ names }) => !names.some((each) => known.has(each)))
    .map((field) => headerFieldName(field, speaker));
}

/** The header fields of one need that do not depend on circumstances. */
function unconditional(code: ResponseCode, need: HeaderFieldFact["need"]): HeaderFieldFact[] {
  return code.headerFields.filter(
    (field) =>
      field.need === need &&
      (field.methods === undefined || sameSet(field.methods, code.methods)) &&
      (field.condition === undefined || describesContent.has(field.condition)),
  );
}

/** Conditions that say what the header field or body holds, not when it is there. */
const describesContent: ReadonlySet<string> = new Set([
  "names-the-code-that-ended-it",
  "body-describes-the-alternatives",
  "body-names-the-precondition",
]);

function effect(a: ResponseCode, b: ResponseCode, { say }: Speaker): string[] {
  if (a.effect.scope === b.effect.scope) return [];
  return [a, b].map((code) => say(`effect.${code.effect.scope}.in`, { code: name(code) }));
}

function synthetic(a: ResponseCode, b: ResponseCode, { say, and }: Speaker): string[] {
  const told = [a, b].filter((code) => code.synthetic !== undefined);
  const why = told.map((code) =>
    say("synthetic.why", {
      code: name(code),
      reasons: and(code.synthetic!.when.map((reason) => say(`synthetic.${reason}`))),
    }),
  );
  if (told.length !== 1) return why;
  return [say("synthetic.one", { code: name(told[0]), other: name(told[0] === a ? b : a) }), ...why];
}

function toIsdn(a: ResponseCode, b: ResponseCode, speaker: Speaker): string[] {
  const [first, second] = [a.toIsdn.rfc3398, b.toIsdn.rfc3398];
  if (!first && !second) return [];
  if (first && second && first.cause === second.cause && first.basis === second.basis) return [];
  return [a, b].map((code) => toIsdnSentence(code, speaker));
}

function toIsdnSentence(code: ResponseCode, speaker: Speaker): string {
  const { say } = speaker;
  const to = code.toIsdn.rfc3398;
  if (!to) return say("isdn.to.notApplicable", { code: name(code) });
  if (to.cause === undefined) return say("isdn.to.none", { code: name(code) });
  const cause = speaker.cause(to.cause);
  return to.bearerCause === undefined
    ? say("isdn.to", { code: name(code), cause })
    : say("isdn.to.bearer", { code: name(code), cause, bearerCause: speaker.cause(to.bearerCause) });
}

function fromIsdn(a: ResponseCode, b: ResponseCode, { say, and, cause }: Speaker): string[] {
  const causes = [a, b].map(({ code }) => causesBecoming(code, "rfc3398"));
  if (sameSet(causes[0], causes[1])) return [];
  return [a, b].flatMap((code, index) => {
    if (causes[index].length > 0)
      return [say("isdn.from", { code: name(code), causes: and(causes[index].map(cause)) })];
    return code.toIsdn.rfc3398 ? [say("isdn.from.none", { code: name(code) })] : [];
  });
}

function isProvisional(code: ResponseCode): boolean {
  return code.class === "1xx";
}

function name(code: ResponseCode): string {
  return nameOf(code.code);
}

/** True when two lists hold the same, whatever the order. */
export function sameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}
