/** `RFC 3261 §21.5.3`: a section that exists in content/rfcs.json. */
export type Citation = string;

export type ResponseClass = "1xx" | "2xx" | "3xx" | "4xx" | "5xx" | "6xx";

/** Facts of one registered response code, from content/codes/<code>.json. Language-neutral. */
export interface ResponseCode {
  readonly code: number;
  /** As IANA prints it, without a note of deprecation. */
  readonly phrase: string;
  readonly class: ResponseClass;
  /** Where it was deprecated. */
  readonly deprecated?: Citation;
  readonly defined: Citation;
  readonly registered: Citation;
  /** Request methods it belongs to; empty = any. */
  readonly methods: readonly string[];
  readonly mintedBy: readonly Role[];
  readonly headerFields: readonly HeaderFieldFact[];
  readonly client: ClientReaction;
  /** A proxy that receives it cancels the other branches and opens no new ones. RFC 3261 §16.7. */
  readonly endsSearch: boolean;
  readonly effect: DialogEffect;
  /** The ISDN cause a gateway sends for it, by profile; empty for 1xx, 2xx, 3xx. */
  readonly toIsdn: Readonly<Partial<Record<ProfileId, ToIsdn>>>;
  /** When a client made it up and it never was on the wire. */
  readonly synthetic?: { readonly when: readonly SyntheticReason[]; readonly citations: readonly Citation[] };
  /** Besides those of the pairs people confuse. */
  readonly relatedCodes: readonly number[];
  readonly relatedRules: readonly string[];
  readonly citations: readonly Citation[];
}

export type Role =
  | "UAS"
  | "proxy"
  | "registrar"
  | "redirect"
  | "notifier"
  | "subscriber"
  | "publication-server"
  | "gateway"
  | "B2BUA"
  | "edge-proxy"
  | "verifier"
  | "uri-list-relay"
  | "message-relay"
  | "referee"
  | "refer-target"
  | "intermediary"
  | "client-local";

/**
 * A header field that a response with this code carries. Via, From, To, Call-ID and CSeq are in every response and not listed.
 * RFC 3261 §8.2.6.2.
 */
export interface HeaderFieldFact {
  /** Several names: at least one of them. */
  readonly names: readonly string[];
  readonly need: "required" | "expected" | "optional";
  /** The value, or a part of it, that it has here: `100rel`. */
  readonly value?: string;
  /** Only in answer to these; absent = whatever the method. */
  readonly methods?: readonly string[];
  /** Only when this holds; absent = always. A key `condition.<…>` of content/<lang>/reference.json. */
  readonly condition?: string;
  readonly citation: Citation;
}

export type ClientAction =
  | "wait"
  | "ack-and-talk"
  | "await-notify"
  | "none"
  | "follow-contact"
  | "ask-user"
  | "retry-with-credentials"
  | "retry-with-changes"
  | "retry-later"
  | "try-other-server"
  | "try-other-address"
  | "drop-early-dialog"
  | "end-dialog"
  | "do-not-retry"
  | "stop-search";

export interface ClientReaction {
  readonly action: ClientAction;
  /** `rfc`: an RFC says so; `inferred`: our reading. */
  readonly basis: "rfc" | "inferred";
  /** What a retry must change: keys `change.<…>` of content/<lang>/reference.json. */
  readonly changes: readonly string[];
}

/** What the code ends when it answers a request inside a dialog. RFC 5057 §5.1. */
export interface DialogEffect {
  readonly scope: "none" | "early-dialog" | "transaction" | "usage" | "dialog" | "unclear";
  /** `class-rule`: RFC 5057 treats it as an unknown code of its class. */
  readonly basis: "defined" | "class-rule";
  readonly citation: Citation;
  /** A key `effect.note.<…>`. */
  readonly note?: string;
  /** Implementations that differ. */
  readonly implementations?: readonly ImplementationEffect[];
}

export interface ImplementationEffect {
  readonly implementation: ProfileId;
  /** A key `effect.at.<…>`. */
  readonly scope: string;
  readonly methods?: readonly string[];
  readonly exceptMethods?: readonly string[];
}

/** Whose table of ISDN causes, or whose behaviour: content/profiles.json. */
export type ProfileId =
  | "rfc3398"
  | "rfc4497"
  | "asterisk"
  | "freeswitch"
  | "audiocodes"
  | "oracle"
  | "sofia-sip"
  | "resiprocate";

export interface ToIsdn {
  /** Absent: no cause is sent. */
  readonly cause?: number;
  /** `default`: the table does not list the code. `own-number`: no Q.850 cause. */
  readonly basis: "listed" | "default" | "by-warning" | "own-number" | "none";
  /** Where Warning speaks of an unavailable bearer. */
  readonly bearerCause?: number;
}

export type SyntheticReason = "timer-b" | "timer-f" | "timer-c" | "no-final-response" | "transport-error";
