import type { Transport } from "../capture/transport.ts";
import type { CaptureAgent } from "./captureAgent.ts";
import type { MessageIndex } from "./messageIndex.ts";
import type { Certificate } from "./tls/certificate.ts";
import type { ClientCertificate } from "./tls/sealedHandshake.ts";

/** One side of a transport flow. Interned: the same address and port give the same object, so `===` compares. */
export interface Endpoint {
  /** IPv4 or IPv6 in canonical text form (RFC 5952), without brackets. */
  readonly address: string;
  readonly port: number;
  /** `10.9.0.30:5060`, `[fd00:9::30]:5060`. */
  readonly text: string;
  /** What tells machines apart: the address, on the loopback with its port, or the log where this is the element that wrote it, which may have several addresses. */
  readonly host: string;
  /** True where the input did not say it and it was inferred from Via or Contact. */
  readonly inferred?: boolean;
}

export interface Sides {
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** One transport payload that looks like SIP, with two addresses: a UDP datagram, or one message framed out of a stream. */
export interface Packet {
  readonly capture: number;
  /** The frame in which it became complete. */
  readonly frame: number;
  readonly timeMicros: number;
  readonly transport: Transport;
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** The buffer that holds it; the message is `bytes[start, end)`. */
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** IPv4 identification, or -1: tells a packet seen by two taps from a retransmission. */
  readonly ipId: number;
  /** IP fragments it came in (1 = not fragmented); where some are missing, at least so many. */
  readonly fragments: number;
  /** True if the capture or the logger cut it short. */
  readonly cut: boolean;
  /** True where the input does not say when it was sent: `timeMicros` only keeps the order. */
  readonly untimed?: boolean;
  /** Who saw it, if it came in HEP: the same message from two agents is one message seen from two vantage points. */
  readonly captureAgent?: CaptureAgent;
  /** What the capture agent ties it to, if it came in HEP. */
  readonly correlationId?: string;
  /** Where things are in the message, if it has been looked at already. */
  readonly index?: MessageIndex;
}

/** The same packet with its bytes copied into another buffer at `at`. */
export function movedTo(buffer: Uint8Array, at: number, packet: Packet): Packet {
  const { bytes, start, end } = packet;
  buffer.set(bytes.subarray(start, end), at);
  // Written out: spreading is slow, and would give packets of another shape.
  const moved: Packet = {
    capture: packet.capture,
    frame: packet.frame,
    timeMicros: packet.timeMicros,
    transport: packet.transport,
    source: packet.source,
    destination: packet.destination,
    bytes: buffer,
    start: at,
    end: at + end - start,
    ipId: packet.ipId,
    fragments: packet.fragments,
    cut: packet.cut,
    untimed: packet.untimed,
  };
  const { captureAgent, correlationId } = packet;
  return captureAgent === undefined ? moved : { ...moved, captureAgent, correlationId };
}

/** The same packet with bytes of its own, so that the buffer it lies in can be let go. */
export function detached(packet: Packet): Packet {
  return movedTo(new Uint8Array(packet.end - packet.start), 0, packet);
}

/** Evidence from below SIP about a flow. */
export type NetworkEvent =
  | IcmpUnreachable
  | ConnectionReset
  | ConnectionClosed
  | ConnectionUnanswered
  | ConnectionOpened
  | ConnectionUnacknowledged
  | ConnectionStalled
  | ConnectionMisframed
  | WebSocketRefused
  | ForeignAnswer
  | TlsFailure
  | MediaEvent;

/** What was seen of media that somebody may have agreed on. */
export type MediaEvent = RtpStream | ConnectivityChecks | DtlsHandshake;

/** What connections are made of. */
export type ConnectionTransport = "tcp" | "sctp";

/** ICMP or ICMPv6 destination unreachable. RFC 792, RFC 4443 §3.1; which ones count: RFC 3261 §18.4. */
export interface IcmpUnreachable {
  readonly kind: "icmp-unreachable";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  readonly reason: "network" | "host" | "protocol" | "port" | "prohibited" | "fragmentation-needed" | "other";
  /** Address of the element that sent the ICMP message. */
  readonly reporter: string;
  /** Where the packet was the first of a connection. */
  readonly opens?: ConnectionTransport;
  /** The two sides of the packet that was not delivered, as it was sent. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** A TCP RST, or an ABORT of SCTP. `refused` when it answers a SYN, or an INIT. RFC 9293 §3.5.2, RFC 9260 §8.4 */
export interface ConnectionReset {
  readonly kind: "connection-reset";
  readonly transport: ConnectionTransport;
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  readonly refused: boolean;
  /** Who ended it. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** The first word of one side of a connection that carried SIP that it will send no more. RFC 9293 §3.6, RFC 6455 §5.5.1, RFC 8446 §6, RFC 9260 §9.2 */
export interface ConnectionClosed {
  readonly kind: "connection-closed";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** By an alert it says that it takes what came for broken TLS. */
  readonly by: "fin" | "websocket-close" | "tls-alert" | "sctp-shutdown";
  /** It had never sent anything else. */
  readonly saidNothing: boolean;
  /** The side that closed it. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** A SYN that was sent again, or an INIT, and nothing had come back. RFC 9293 §3.8.3, RFC 9260 §5.1.6 */
export interface ConnectionUnanswered {
  readonly kind: "connection-unanswered";
  readonly transport: ConnectionTransport;
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** Who wanted to open it. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** A connection was opened after all, of which it was told that nobody answers or that it cannot be delivered. */
export interface ConnectionOpened {
  readonly kind: "connection-opened";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** Who wanted to open it. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** Bytes on a connection that carries SIP that are sent again and again: no acknowledgement reaches their sender. RFC 9293 §3.8.1, RFC 6298 §5, RFC 9260 §6.3.3 */
export interface ConnectionUnacknowledged {
  readonly kind: "connection-unacknowledged";
  readonly transport: ConnectionTransport;
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** How long after they were sent first. */
  readonly afterMicros: number;
  /** How often they were sent again by now. */
  readonly times: number;
  /** How many they are, in one packet. */
  readonly bytes: number;
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** One side of a connection that carries SIP has had no room for more for a while: whatever is behind it does not read. RFC 9293 §3.8.6 */
export interface ConnectionStalled {
  readonly kind: "connection-stalled";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** How long after it said so first. */
  readonly afterMicros: number;
  /** The side that has no room. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/**
 * The next message on a connection shows that this one has more or fewer octets of body than it announced: for who reads the connection
 * all that follows is out of step. RFC 3261 §18.3
 */
export interface ConnectionMisframed {
  readonly kind: "connection-misframed";
  readonly capture: number;
  /** The message, and when it was sent. */
  readonly frame: number;
  readonly timeMicros: number;
  /** Its Content-Length, octets. */
  readonly announced: number;
  /** Who sent it, and to whom. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** An HTTP answer to who wanted to open a WebSocket for SIP, by which it was not opened, or after which it was closed unused. RFC 6455 §4.2.2, RFC 7118 §4.1 */
export interface WebSocketRefused {
  readonly kind: "websocket-refused";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** The status line, `HTTP/1.1 404 Not Found`. */
  readonly answer: string;
  /** What was asked for, without a query. */
  readonly path: string;
  /** Sender of the answer. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/**
 * RTP packets of one synchronization source from one endpoint to another, or those of a fax in their place, as far as they are known, without a long pause
 * between them. RFC 3550 §3
 */
export interface RtpStream {
  readonly kind: "rtp-stream";
  /** SRTP looks like RTP: it is called so where descriptions say it. */
  readonly protocol: "RTP" | "SRTP" | "UDPTL";
  readonly capture: number;
  /** Of the last packet. */
  readonly frame: number;
  readonly timeMicros: number;
  readonly firstMicros: number;
  readonly packets: number;
  /** 0 for UDPTL. */
  readonly ssrc: number;
  /** Of its packets, each once, that of the first one first; none for UDPTL. RFC 3551 §6 */
  readonly payloadTypes: readonly number[];
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** Connectivity checks of ICE from one endpoint to another, and their answers, as far as they are known. RFC 8445 §7 */
export interface ConnectivityChecks {
  readonly kind: "connectivity-checks";
  readonly capture: number;
  /** Of the last check. */
  readonly frame: number;
  readonly timeMicros: number;
  readonly firstMicros: number;
  /** The user fragments of both sides, the receiver's first: `EvtJ:h6vY`. RFC 8445 §7.2.2 */
  readonly username: string;
  /** Repeated ones included. */
  readonly checks: number;
  readonly successes: number;
  /** The first and the last of these; NaN without one. */
  readonly firstSuccessMicros: number;
  readonly lastSuccessMicros: number;
  /** Checks after the last success. */
  readonly unanswered: number;
  /** Of the last error response; 0 without one. RFC 8489 §14.8 */
  readonly errorCode: number;
  readonly errors: number;
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** A DTLS handshake, as far as it is known. It is told again whenever more of it was seen. RFC 5763 §5, RFC 9147 §5 */
export interface DtlsHandshake {
  readonly kind: "dtls-handshake";
  readonly capture: number;
  /** Of the alert, or else of the last ClientHello. */
  readonly frame: number;
  readonly timeMicros: number;
  readonly firstMicros: number;
  /** Times that a ClientHello was sent. */
  readonly hellos: number;
  /** The server answered. */
  readonly isAnswered: boolean;
  /** ClientHellos after its first answer: one of them may be what it asked for. RFC 9147 §5.1 */
  readonly repeatedHellos: number;
  /** Both sides went on to encrypted records, which is seen up to version 1.2. RFC 5246 §7.1 */
  readonly isComplete: boolean;
  /** The name of the fatal alert that ended it, `bad_certificate`; `""` without one. */
  readonly alert: string;
  /** It was ended by an alert that is encrypted; `alert` is `""` then. It may be the one that closes it when the call ends. RFC 9147 §5.10 */
  readonly isSealed: boolean;
  /** The server sent that alert. */
  readonly isAlertOfServer: boolean;
  /** The client. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** The first that one side of a connection said, over which the other speaks SIP, and that is no SIP. */
export interface ForeignAnswer {
  readonly kind: "foreign-answer";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** Its first line, `HTTP/1.1 400 Bad Request`. */
  readonly answer: string;
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** A TLS handshake that may have been one for SIP and ended before it was complete. RFC 8446 §6.2 */
export interface TlsFailure {
  /** By a fatal alert, by FIN or RST, or by an answer that is no TLS. */
  readonly kind: "tls-alert" | "tls-closed" | "tls-foreign";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** The name of the alert, `unknown_ca`; `""` where there was none. */
  readonly alert: string;
  /** The server that the client asked for; `""` where it named none. RFC 6066 §3 */
  readonly serverName: string;
  /** Sender of the alert, FIN or RST. */
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** The side that sent the ClientHello. */
  readonly client: Endpoint;
  readonly server: Endpoint;
  /** The newest version that the client takes, `TLS 1.2`, and the one that the server had chosen; `""` where it is not known. */
  readonly offeredVersion: string;
  readonly chosenVersion: string;
  /** Where the server asked the client for a certificate: whether it got one. */
  readonly clientCertificate?: ClientCertificate;
  /** That end by FIN or RST followed on a complete handshake of TLS 1.3: only the sizes of its records tell that it was refused. */
  readonly isSealed: boolean;
  /** The server had sent nothing at all on its connection, and was waited for. */
  readonly isUnheard: boolean;
  /** What the server said that is no TLS, its first line; else `""`. */
  readonly answer: string;
  /** What the side that did not end it had shown, if it could be read. */
  readonly certificates?: SeenCertificates;
}

/** The certificates that one side of a TLS connection showed. RFC 5246 §7.4.2 */
export interface SeenCertificates {
  readonly kind: "tls-certificates";
  readonly capture: number;
  readonly frame: number;
  readonly timeMicros: number;
  /** Its own first, then those that vouch for it. */
  readonly chain: readonly Certificate[];
}
