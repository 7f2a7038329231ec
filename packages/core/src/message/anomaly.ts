import type { Span } from "../bytes/span.ts";

/** Input that breaks the grammar or a MUST. The rest of the message is still read. */
export interface Anomaly {
  readonly kind: AnomalyKind;
  /** Where, as offsets from the start of the message. */
  readonly span: Span;
  /** The header field concerned, by its long name, if it is one. */
  readonly field?: string;
  /** `RFC 3261 §20.10` */
  readonly citation: string;
}

export type AnomalyKind =
  | "start-line" // neither a request line nor a status line by the grammar
  | "status-code" // not three digits, or out of 100..699
  | "version" // not SIP/2.0
  | "field-missing"
  | "field-repeated" // a field that may occur once occurs again
  | "field-syntax"
  | "field-value" // fits the grammar, but the value is out of range (Expires 1000000000000)
  | "line-end" // bare CR or LF
  | "content-length" // larger or smaller than the body that is there
  | "cseq-method" // CSeq method differs from the request line's
  | "escape" // a %HH that is none
  | "octets" // NUL, invalid UTF-8
  | "header-end-missing" // no empty line after the header
  | "limit"; // more header fields, or longer, than are read
