/** Everything a sender could fill without end. Reaching one is the incident `limit-reached`, whose `limit` is the name here. */
export const networkLimits = {
  /** Endpoints interned at a time; the ones used least recently are forgotten first and made anew when seen again. */
  endpoints: 131_072,
  /** Pairs of endpoints remembered to speak SIP. */
  "sip-endpoint-pairs": 65_536,
  /** IP datagrams waiting for fragments, per capture. */
  "pending-datagrams": 1024,
  /** Bytes of those. */
  "pending-datagram-bytes": 16_777_216,
  /** TCP connections followed at a time, per capture; the ones used least recently are given up first. */
  "tcp-connections": 65_536,
  /** Bytes that one direction of a connection holds behind a hole. */
  "tcp-pending-bytes": 1_048_576,
  /** Segments that one direction of a connection holds behind a hole. */
  "tcp-pending-segments": 1024,
  /** Directions of connections that may wait behind a hole, or for the rest of a message, at a time, per capture. */
  "tcp-waiting": 4096,
  /** Directions of SCTP associations followed at a time, per capture; the ones used least recently are forgotten first. */
  "sctp-associations": 16_384,
  /** Bytes that one of them holds of messages whose rest has not come. */
  "sctp-pending-bytes": 1_048_576,
  /** DATA chunks of those. */
  "sctp-pending-chunks": 1024,
  /** How many of them may wait at a time, per capture. */
  "sctp-pending-messages": 64,
  /** TLS connections whose secrets are kept; those used least recently are forgotten first. */
  "tls-secrets": 65_536,
  /** One handshake message of TLS; a chain of certificates is the longest. */
  "tls-handshake-bytes": 65_536,
  /** Records of one direction of a TLS connection that wait for the other direction to be heard. */
  "tls-held-bytes": 65_536,
  /** What is held of one TLS connection whose keys may still come. */
  "tls-keyless-bytes": 4_194_304,
  /** Of all of those; the one that has waited longest is given up first. */
  "tls-keyless-total-bytes": 67_108_864,
  /** Start line and header fields of one message in a stream. */
  "sip-header-bytes": 65_536,
  /** Body of one message in a stream whose end has not come. */
  "sip-body-bytes": 1_048_576,
  /** One message in WebSocket frames. */
  "websocket-message-bytes": 1_048_576,
} as const;

/** Capture agents report within milliseconds; a time of theirs farther off than this is a wrong clock. */
export const HEP_CLOCK_TOLERANCE_MICROS = 10_000_000;
/** Fragments of one datagram follow each other within milliseconds; 30 s and more (RFC 1122 §3.3.2) are for hosts. */
export const FRAGMENT_TIMEOUT_MICROS = 5_000_000;
/** A datagram that was put together may come again from a second tap; later than this it is another one with the same id. */
export const FRAGMENT_REPEAT_MICROS = 100_000;
/** A hole in a stream is skipped after this time: the first retransmissions come within it (RFC 6298 §2). */
export const HOLE_TIMEOUT_MICROS = 3_000_000;
/** The rest of a message that has not come after this time is not going to: TCP sends a lost segment again well before (RFC 6298 §2). */
export const REST_TIMEOUT_MICROS = 4_000_000;
/** How often holes are looked at, so that a flood of them does not cost all of them at each frame. */
export const HOLE_SWEEP_MICROS = 100_000;
/** When the receiver has acknowledged what is behind a hole, it is only waited for frames captured out of order. */
export const HOLE_ACKNOWLEDGED_MICROS = 50_000;
/** The same segment with the same IP identification within this time was captured twice. */
export const SEGMENT_REPEAT_MICROS = 1_000;
/** Bytes sent again so often show that nothing acknowledges them: one or two losses are usual. */
export const SENT_AGAIN_TIMES = 3;
/** Whoever has had no room for so long is not only slow for a moment. */
export const STALLED_MICROS = 3_000_000;
/** A stream that has shown this much without any SIP is not looked at any more. */
export const STREAM_SNIFF_BYTES: number = 64 * 1024;
/** Records of TLS that may have been lost in one hole: so many numbers are tried for the first one after it. */
export const TLS_RECORDS_LOST = 64;
/** Attempts to find a record after holes in one direction. */
export const TLS_SEARCH_TRIES: number = 64 * TLS_RECORDS_LOST;
/** A direction in which so many records in a row do not open is given up. */
export const TLS_RECORDS_REFUSED = 16;
/** A start line is not longer than this. */
export const START_LINE_BYTES: number = 8 * 1024;
/** The head of an HTTP message that may open a WebSocket is not longer than this. */
export const HTTP_HEAD_BYTES: number = 16 * 1024;
/** RTP packets that come after such a pause are another stream. */
export const RTP_PAUSE_MICROS = 5_000_000;
/** How often it is told how far the streams have come. */
export const RTP_TELL_MICROS = 5_000_000;
/** The same connectivity check that comes again so soon was captured twice. RFC 8445 §14.3 */
export const CHECK_REPEAT_MICROS = 50_000;
/** How often it is told how far connectivity checks have come. */
export const CHECKS_TELL_MICROS = 5_000_000;
/** Encapsulations inside one frame: VLAN tags and tunnels. */
export const ENCAPSULATION_DEPTH = 16;
/** Extension headers of one IPv6 packet. */
export const IPV6_EXTENSION_HEADERS = 16;
