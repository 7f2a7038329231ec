import type { Call } from "../call/call.ts";
import type { Leg } from "../call/leg.ts";
import type { Origin } from "../call/origin.ts";
import type { Incident } from "../capture/incident.ts";
import type { Dialog, Referral, Registration } from "../dialog/dialog.ts";
import type { Credentials } from "../message/digest.ts";
import type { HeaderField } from "../message/headerField.ts";
import type { SipMessage, SipRequest, SipResponse } from "../message/message.ts";
import type {
  ConnectionMisframed,
  ConnectionStalled,
  Endpoint,
  ForeignAnswer,
  NetworkEvent,
  Packet,
  SeenCertificates,
  ConnectionUnacknowledged,
  TlsFailure,
} from "../network/packet.ts";
import type { Chain } from "../transaction/chain.ts";
import type { Transaction } from "../transaction/transaction.ts";
import type { EqualCalls } from "./callLengths.ts";
import type { LoadLimit } from "./callLoad.ts";
import type { ConnectionFailure } from "./connectionFailures.ts";
import type { ConnectivitySeen } from "./connectivitySeen.ts";
import type { KnownTargets } from "./knownTargets.ts";
import type { Descriptions } from "./descriptions.ts";
import type { ConnectionEnd, DeliveryEvent } from "./networkEvents.ts";
import type { PasswordProof } from "./passwordProof.ts";
import type { Pings } from "./pings.ts";
import type { Precedents } from "./precedents.ts";
import type { Registrations } from "./registrations.ts";
import type { Verdict } from "./report.ts";
import type { RtpSeen } from "./rtpSeen.ts";
import type { RuleValues } from "./ruleValues.generated.ts";
import type { TriedClient } from "./triedUsers.ts";

/** What a rule can look at. */
export interface Subjects {
  /** Each message of a call, retransmissions included. */
  readonly message: SipMessage;
  /** Each root transaction: the request as the most upstream observer saw it; its hops are `downstream`. */
  readonly transaction: Transaction;
  /** Root transactions that repeat one request with other credentials or intervals. */
  readonly chain: Chain;
  readonly dialog: Dialog;
  /** The implicit subscription of a REFER. */
  readonly subscription: Referral;
  readonly registration: Registration;
  readonly call: Call;
  /** Something about the captures themselves: there is no call, and so no context. */
  readonly capture: SeenIncident;
  /** A connection that was not set up: no message was sent over it, so there is no call, and no context. */
  readonly connection: ConnectionFailure;
  /** Who asked for many users and got none, over all calls: so no context. */
  readonly client: TriedClient;
  /** How long the calls lasted that one element ended, over all calls too. */
  readonly lengths: EqualCalls;
}

/** An incident, and how sentences name the frame at which it happened first; 0 where it has none. */
export interface SeenIncident {
  readonly incident: Incident;
  readonly frame: string | number;
}

/** Subjects that belong to no call. */
export type SubjectOfCaptures = "capture" | "connection" | "client" | "lengths";

export type { Verdict };
export type SubjectKind = keyof Subjects;
export type RuleId = keyof RuleValues;

/**
 * Looks at one object and returns at most one finding. `id` says what was observed and never changes; the cause picks the
 * wording, which lives in content/<lang>/rules/<id>.md.
 */
export interface Rule<Kind extends SubjectKind, Id extends RuleId> {
  readonly id: Id;
  readonly inspects: Kind;
  /** `RFC 3261 §21.5.3`; what a finding of this rule stands on. */
  readonly citations: readonly string[];
  /** For a rule on transactions: it only has something to say where the final response is one of these; 0 where there is none. */
  readonly finalStatusCodes?: ReadonlySet<number>;
  /**
   * For a rule that compares the sides of messages, or these of its causes: where a log does not name them, they were inferred, and nothing that rests
   * on them is certain.
   */
  readonly restsOnSides?: true | readonly NonNullable<RuleValues[Id]["cause"]>[];
  /**
   * For a rule that goes by what was not seen at that time beside the call, a registration, another call, audio, or these of its causes: where another
   * capture may hold that, by a clock of which nothing is known, it is not known.
   */
  readonly restsOnOtherCalls?: true | readonly NonNullable<RuleValues[Id]["cause"]>[];
  /** Where it fires, nothing else is told of the call: the advice of other rules would mislead. */
  readonly standsAlone?: true;
  /** Says what a refusal led to, and what to do about that one too: nothing else is told of the response that it names, or of one with these codes. */
  readonly standsForRefusal?: true | ReadonlySet<number>;
  check(subject: Subjects[Kind], context: Kind extends SubjectOfCaptures ? undefined : Context): Draft<Id> | undefined;
}

/** What a rule says; the engine adds call, time and words. */
export type Draft<Id extends RuleId = RuleId> = DraftFields & RuleValues[Id] & { readonly values: Values };

export type Values = Readonly<Record<string, string | number>>;

export interface DraftFields {
  readonly verdict: Verdict;
  /** The response the finding is about. */
  readonly response?: SipResponse;
  readonly statusCode?: number;
  readonly origin?: Origin;
  /** Who did not do its part, where that is not the origin. Calls for which it is another one are told apart. */
  readonly element?: Endpoint;
  readonly evidence: readonly Evidence[];
  readonly missing?: readonly Missing[];
  /** It explains no more than the status code does, which a rule on what was asked for says as well. */
  readonly saysCodeOnly?: boolean;
  /** Other causes of the same rule that fit, best first. */
  readonly readings?: readonly Reading[];
  readonly citations?: readonly string[];
}

/**
 * A message whose start line is the proof, one of its header fields (`index` counts values, as `all` gives them), a line of it, an event
 * below SIP, or an incident.
 */
export type Evidence =
  | SipMessage
  | { readonly message: SipMessage; readonly field: HeaderField<unknown>; readonly index?: number }
  | { readonly message: SipMessage; readonly line: string }
  | NetworkEvent
  | SeenCertificates
  | Incident;

/** What would have to be captured; its sentence is `missing.<kind>` in ui.json. */
export interface Missing {
  readonly kind: MissingKind;
  readonly values: Values;
}

export type MissingKind =
  | "longer" // { seconds }: the capture ends too early
  | "behind" // { address, filter }: what is behind this element
  | "beside" // { address, filter }: capture at this host
  | "other-direction" // { source, destination, filter }
  | "connection-log" // { address }: only its log says why it ended a connection
  | "owner" // { address }: only who keeps records of addresses knows whose it is
  | "log" // { address }: only its log or its configuration knows
  | "whole-messages" // only the beginning of a message was captured or logged
  | "clocks" // nothing ties the clocks of these captures together
  | "steady-clock" // the clock was set in between
  | "named-sides" // a log does not name both sides of its messages
  | "credentials"; // { username, realm }: give the password, then it can be proven

export interface Reading {
  readonly cause: string;
  readonly values: Values;
  /** What would decide between it and the finding's own cause. */
  readonly decidedBy: Missing;
}

/** What a rule may know beyond its subject. */
export interface Context {
  readonly call: Call;
  readonly leg: Leg;
  /** How far the capture runs past the call, microseconds since the epoch. Guard G1. */
  readonly observedUntilMicros: number;
  /** A frame as sentences name it. */
  frameName(packet: Packet): string | number;
  /** Who minted a final response, as the root transaction's client got it. */
  originOf(root: Transaction, response: SipResponse): Origin;
  /** Recomputes the digest of a request, where the password was given. */
  provePassword(request: SipRequest, credentials: Credentials): PasswordProof;
  /** Who is registered, over all calls. */
  readonly registrations: Registrations;
  /** What servers took before, over all calls that have ended. */
  readonly precedents: Precedents;
  /** Which servers elements ping in vain. */
  readonly pings: Pings;
  /** To which servers each client sends requests for a name, over all calls that have ended. */
  readonly targets: KnownTargets;
  /** True where the client of a call of this Call-ID asked for the same callee at this server, shortly before or after, in another call. */
  wasTriedAt(server: Endpoint, callId: string): boolean;
  /** When the client of a call of this Call-ID, which was redirected, called the target in another call; microseconds since the epoch. */
  dialledAfter(callId: string): number | undefined;
  /** A response to another call that the server gave while this request waited there. */
  answeredMeanwhile(hop: Transaction): SipResponse | undefined;
  /** How many calls this server carried when it refused a call of this Call-ID, and when it refused others. */
  limitAt(server: Endpoint, callId: string): LoadLimit | undefined;
  /** What each side offered or answered, over all calls that have ended. */
  readonly descriptions: Descriptions;
  /** The RTP streams of all calls. */
  readonly rtp: RtpSeen;
  /** What ICE and DTLS did for the media of all calls. */
  readonly connectivity: ConnectivitySeen;
  /** ICMP errors and TCP resets about what `source` sent to `destination`, within a minute after `sinceMicros`. */
  eventsAbout(source: Endpoint, destination: Endpoint, sinceMicros: number): readonly DeliveryEvent[];
  /** How the connection between these two ended in that time, closed or reset by either side. */
  closedBetween(one: Endpoint, other: Endpoint, sinceMicros: number, untilMicros: number): ConnectionEnd | undefined;
  /** What `source` sent on its connection, for the first time at `untilMicros` or before, was sent again and again: nothing acknowledged it. */
  unacknowledged(source: Endpoint, destination: Endpoint, untilMicros: number): ConnectionUnacknowledged | undefined;
  /** The server had no room for what came over this connection, for some seconds of that time. */
  stalled(client: Endpoint, server: Endpoint, sinceMicros: number, untilMicros: number): ConnectionStalled | undefined;
  /** What `source` had sent on this connection until then, or sent at that time, and said a wrong length of its body. */
  misframed(source: Endpoint, destination: Endpoint, sentMicros: number): ConnectionMisframed | undefined;
  /** What this server said on the connection over which it was asked at that time, where it speaks no SIP there. */
  foreignAnswer(client: Endpoint, server: Endpoint, askedMicros: number): ForeignAnswer | undefined;
  /** Connections that were refused to this host in that time, by the other side or by ICMP: what it wanted to send over them was never on the wire. */
  refusedTo(client: Endpoint, sinceMicros: number, untilMicros: number): readonly DeliveryEvent[];
  /** TLS connections of this host that were not set up in that time: what it wanted to send over them was never on the wire either. */
  tlsFailuresOf(client: Endpoint, sinceMicros: number, untilMicros: number): readonly TlsFailure[];
}
