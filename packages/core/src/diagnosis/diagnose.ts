import type { Call } from "../call/call.ts";
import { frameName } from "../call/frameName.ts";
import type { Leg } from "../call/leg.ts";
import { legChains } from "../call/legChains.ts";
import { type Origin, originOf } from "../call/origin.ts";
import type { SipResponse } from "../message/message.ts";
import type { Packet } from "../network/packet.ts";
import { groupBy } from "../network/groupBy.ts";
import { type Chain, repeatedBelow } from "../transaction/chain.ts";
import { isRefusedCancel, type Transaction } from "../transaction/transaction.ts";
import { refusalBehind } from "./answer.ts";
import { answerMeanwhile } from "./answersMeanwhile.ts";
import type { OtherAttempt } from "./attempts.ts";
import { branchesOfAnswered } from "./branchesOfAnswered.ts";
import { limitAt, type MetLimit } from "./callLoad.ts";
import { withinWhatWasKept } from "./cutMessages.ts";
import { withinWhatIsNamed } from "./inferredSides.ts";
import { withinWhatIsJoined } from "./looseJoins.ts";
import type { KnownTargets } from "./knownTargets.ts";
import type { Descriptions } from "./descriptions.ts";
import type { NetworkEvents } from "./networkEvents.ts";
import type { PasswordProver } from "./passwordProof.ts";
import type { Pings } from "./pings.ts";
import type { Precedents } from "./precedents.ts";
import type { Registrations } from "./registrations.ts";
import type { Context, DraftFields, SubjectKind, SubjectOfCaptures, Subjects, Values } from "./rule.ts";
import type { ConnectivitySeen } from "./connectivitySeen.ts";
import type { RtpSeen } from "./rtpSeen.ts";
import { isToldWithTransfer, withRefusedTransfers } from "./refusedTransfers.ts";
import { rules } from "./rules.generated.ts";
import { withinWhatIsInView } from "./unseenWays.ts";
import { withinWhatClocksSay } from "./inexactClocks.ts";
import { withEnd } from "./withEnd.ts";
import { withoutRepetitions } from "./withoutRepetitions.ts";
import { withWarning } from "./withWarning.ts";

/** A rule with its types erased: what the engine handles. */
export interface AnyRule {
  readonly id: string;
  readonly inspects: SubjectKind;
  readonly citations: readonly string[];
  readonly finalStatusCodes?: ReadonlySet<number>;
  readonly restsOnSides?: true | readonly string[];
  readonly restsOnOtherCalls?: true | readonly string[];
  readonly standsAlone?: true;
  readonly standsForRefusal?: true | ReadonlySet<number>;
  check(subject: never, context: never): AnyDraft | undefined;
}

export interface AnyDraft extends DraftFields {
  readonly cause?: string;
  readonly values: Values;
}

/** What a rule said, with the rule. */
export interface Finding {
  readonly rule: AnyRule;
  readonly draft: AnyDraft;
}

const byKind: ReadonlyMap<SubjectKind, readonly AnyRule[]> = groupBy(
  rules as readonly AnyRule[],
  ({ inspects }) => inspects,
);

/** Rules on transactions by the final status code they are asked about; 0 where there is none. Filled as codes occur. */
const byStatusCode = new Map<number, readonly AnyRule[]>();

export interface Surroundings {
  readonly observedUntilMicros: number;
  readonly events: NetworkEvents;
  readonly rtp: RtpSeen;
  readonly connectivity: ConnectivitySeen;
  readonly forwarders: ReadonlySet<string>;
  readonly descriptions: Descriptions;
  readonly passwords: PasswordProver;
  readonly registrations: Registrations;
  readonly precedents: Precedents;
  readonly pings: Pings;
  readonly targets: KnownTargets;
  readonly limits: readonly MetLimit[];
  readonly otherAttempts: readonly OtherAttempt[];
  readonly answersMeanwhile: readonly Packet[];
  readonly clockMarginMicros: number;
  /** How many captures there are. */
  readonly captures: number;
}

/** Every rule on every object of a call that has ended. */
export function diagnose(call: Call, surroundings: Surroundings): Finding[] {
  const findings: Finding[] = [];
  for (const leg of call.legs) {
    const context = contextOf(call, leg, surroundings);
    inspect("message", leg.messages, context, findings);
    const aside = branchesOfAnswered(leg, call);
    for (const root of leg.roots) if (!aside.has(root)) inspectTransaction(root, context, findings);
    const chains = legChains(leg, call).filter((chain) => mayTell(chain) && !aside.has(lastOf(chain)));
    for (const chain of chains.flatMap((each) => chainsWithin(each, context))) {
      const told = findings.length;
      inspect("chain", [chain], context, findings);
      if (findings.length > told) tellEnd(lastOf(chain), context, findings, told);
    }
    inspect("dialog", leg.dialogs, context, findings);
    inspect("subscription", leg.referrals, context, findings);
    const registers = leg.roots.filter(({ method }) => method === "REGISTER");
    if (registers.length > 0) inspect("registration", [{ callId: leg.callId, registers }], context, findings);
  }
  inspect("call", [call], contextOf(call, call.legs[0], surroundings), findings);
  const alone = findings.find(({ rule }) => rule.standsAlone === true);
  if (alone !== undefined) return [alone];
  const told = withRefusedTransfers(withoutRefusalsToldElsewhere(findings)).map(({ rule, draft }) => {
    const joined = withinWhatIsJoined(call, draft);
    return { rule, draft: withinWhatClocksSay(surroundings.clockMarginMicros, joined) };
  });
  const mayRepeat = told.length > 1 && (call.legs.length > 1 || hasSeveralSenders(call.legs[0]));
  return mayRepeat ? withoutRepetitions(told, call) : told;
}

/** What a refusal led to is told with the reason for it, not beside it. */
function withoutRefusalsToldElsewhere(findings: readonly Finding[]): readonly Finding[] {
  const told = new Set(
    findings.flatMap((finding) => (standsForRefusal(finding) ? (finding.draft.origin?.minted ?? []) : [])),
  );
  return told.size === 0
    ? findings
    : findings.filter(
        (finding) =>
          standsForRefusal(finding) || finding.draft.origin === undefined || !told.has(finding.draft.origin.minted),
      );
}

function standsForRefusal({ rule, draft: { origin } }: Finding): boolean {
  const { standsForRefusal: codes = false } = rule;
  return codes === true || (codes !== false && origin !== undefined && codes.has(origin.minted.statusCode));
}

/** A B2BUA may keep the Call-ID, with a From tag of its own. */
function hasSeveralSenders({ roots }: Leg): boolean {
  const opening = roots.filter(({ request }) => request?.toTag === "");
  return opening.some(({ first: { fromTag } }) => fromTag !== opening[0].first.fromTag);
}

/** A request that was not repeated and not refused tells nothing as a chain. */
function mayTell({ transactions }: Chain): boolean {
  return transactions.length > 1 || (transactions[0].finalResponse?.statusCode ?? 0) >= 300;
}

/** What belongs to no call, by the kind of subject that rules on it inspect. */
export type SubjectsOfCaptures = { readonly [Kind in SubjectOfCaptures]?: readonly Subjects[Kind][] };

/** The rules on what belongs to no call: the incidents of reading the captures, connections that were not set up, and what shows in many calls. */
export function diagnoseCaptures({
  capture = [],
  connection = [],
  client = [],
  lengths = [],
}: SubjectsOfCaptures): Finding[] {
  const findings: Finding[] = [];
  inspect("capture", capture, undefined, findings);
  inspect("connection", connection, undefined, findings);
  inspect("client", client, undefined, findings);
  inspect("lengths", lengths, undefined, findings);
  return findings;
}

function lastOf({ transactions }: Chain): Transaction {
  return transactions[transactions.length - 1];
}

/** The chain, or those of an element on the way that repeated the request itself, and what the answer was made of. */
function chainsWithin(chain: Chain, context: Context): Chain[] {
  const last = lastOf(chain);
  const repeated = repeatedBelow(last);
  if (repeated.length > 0) return repeated;
  const behind = refusalBehind(last, context);
  return behind === undefined ? [chain] : [chain, ...chainsWithin({ transactions: [behind] }, context)];
}

/** Most transactions end well: only the rules that can have something to say about this final response are asked. */
function inspectTransaction(root: Transaction, context: Context, findings: Finding[]): void {
  const statusCode = root.finalResponse?.statusCode ?? 0;
  // What becomes of the call then is told with its INVITE.
  if (root.cancels !== undefined && isRefusedCancel(root)) return;
  let interested = byStatusCode.get(statusCode);
  if (interested === undefined) {
    const all = byKind.get("transaction") ?? [];
    interested = all.filter(
      ({ finalStatusCodes }) => finalStatusCodes === undefined || finalStatusCodes.has(statusCode),
    );
    byStatusCode.set(statusCode, interested);
  }
  const told = findings.length;
  check(interested, root, context, findings);
  if (findings.length > told) tellEnd(root, context, findings, told);
  const behind = statusCode < 300 ? undefined : refusalBehind(root, context);
  if (behind !== undefined) inspectTransaction(behind, context, findings);
}

/** Once for what was found of this request. */
function tellEnd(root: Transaction, context: Context, findings: Finding[], index: number): void {
  const { rule, draft } = findings[index];
  findings[index] = { rule, draft: withEnd(draft, root, context) };
}

function inspect<Kind extends SubjectKind>(
  kind: Kind,
  subjects: readonly Subjects[Kind][],
  context: Kind extends SubjectOfCaptures ? undefined : Context,
  findings: Finding[],
): void {
  const interested = byKind.get(kind);
  if (interested === undefined) return;
  for (const subject of subjects) check(interested, subject, context, findings);
}

function check(interested: readonly AnyRule[], subject: unknown, context: unknown, findings: Finding[]): void {
  for (const rule of interested) {
    const draft = rule.check(subject as never, context as never);
    if (draft === undefined || isToldWithTransfer(draft)) continue;
    findings.push({
      rule,
      draft: withWarning(withinWhatIsInView(withinWhatWasKept(withinWhatIsNamed(rule, draft)))),
    });
  }
}

function contextOf(call: Call, leg: Call["legs"][number], surroundings: Surroundings): Context {
  const { observedUntilMicros, events, forwarders, passwords, registrations, precedents, targets, limits, captures } =
    surroundings;
  // The rules on one transaction ask one after the other.
  let asked: { readonly root: Transaction; readonly response: SipResponse; readonly origin: Origin } | undefined;
  return {
    call,
    leg,
    descriptions: surroundings.descriptions,
    observedUntilMicros,
    frameName: (packet) => frameName(packet, captures),
    rtp: surroundings.rtp,
    connectivity: surroundings.connectivity,
    originOf: (root, response) => {
      if (asked?.root !== root || asked.response !== response)
        asked = { root, response, origin: originOf(root, response, { call, forwarders, captures }) };
      return asked.origin;
    },
    provePassword: (request, credentials) => passwords.prove(request, credentials),
    registrations,
    precedents,
    pings: surroundings.pings,
    targets,
    limitAt: (server, callId) => limitAt(limits, server, callId),
    wasTriedAt: ({ address }, callId) =>
      surroundings.otherAttempts.some(
        (other) => other.callId === callId && other.address === address && other.dialledMicros === undefined,
      ),
    dialledAfter: (callId) =>
      surroundings.otherAttempts.find((other) => other.callId === callId && other.dialledMicros !== undefined)
        ?.dialledMicros,
    answeredMeanwhile: (hop) => answerMeanwhile(surroundings.answersMeanwhile, hop),
    eventsAbout: (source, destination, sinceMicros) => events.about(source, destination, sinceMicros),
    closedBetween: (one, other, sinceMicros, untilMicros) => events.closedBetween(one, other, sinceMicros, untilMicros),
    unacknowledged: (source, destination, untilMicros) => events.unacknowledged(source, destination, untilMicros),
    stalled: (client, server, sinceMicros, untilMicros) => events.stalled(client, server, sinceMicros, untilMicros),
    misframed: (source, destination, sentMicros) => events.misframed(source, destination, sentMicros),
    foreignAnswer: (client, server, askedMicros) => events.foreignAnswer(client, server, askedMicros),
    refusedTo: (client, sinceMicros, untilMicros) => events.refusedTo(client, sinceMicros, untilMicros),
    tlsFailuresOf: (client, sinceMicros, untilMicros) => events.tlsFailuresOf(client, sinceMicros, untilMicros),
  };
}
