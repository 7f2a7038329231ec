import { uint16, uint32 } from "../bytes/integers.ts";
import type { Frame } from "../capture/frame.ts";
import type { Datagram } from "./datagram.ts";
import type { Mutable } from "./mutable.ts";
import { packetSides, wayText } from "./endpoint.ts";
import type { DtlsHandshake, Sides } from "./packet.ts";
import { RecentMap } from "./recentMap.ts";
import { tlsAlertName } from "./tls/tlsAlert.ts";

/** Those begun last. */
const MAX_HANDSHAKES = 16_384;
/** A ClientHello that comes so long after the one before begins another handshake: they are repeated after a minute at most. RFC 9147 §5.8.2 */
const LONGEST_REPEAT_MICROS = 65_000_000;

/** Type, version, epoch, sequence number and length. RFC 9147 §4 */
const RECORD_HEADER_BYTES = 13;
const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const FATAL = 2;
/** RFC 5246 §7.4 */
const CLIENT_HELLO = 1;

type OpenHandshake = Mutable<DtlsHandshake> & {
  /** Sequence number of the record of the last ClientHello: seen by two taps it comes again. */
  sequence: number;
  hasClientChanged: boolean;
  hasServerChanged: boolean;
};

interface Found {
  readonly known: OpenHandshake;
  readonly isOfServer: boolean;
}

/** Follows the DTLS handshakes of one capture as far as they are readable: who begins, whether anybody answers, and the alert that ends them. */
export class DtlsHandshakes {
  readonly #onHandshake: (handshake: DtlsHandshake) => void;
  /** By client and server. */
  readonly #handshakes: RecentMap<string, OpenHandshake> = new RecentMap(MAX_HANDSHAKES);

  constructor(onHandshake: (handshake: DtlsHandshake) => void) {
    this.#onHandshake = onHandshake;
  }

  /** DTLS records are at `bytes[start, end)` of the datagram, whose UDP header is at `datagram.offset`. */
  push(datagram: Datagram, start: number, end: number): void {
    const { bytes } = datagram;
    // What is encrypted is the bulk.
    if (bytes[start] > HANDSHAKE) return;
    const sides = packetSides(datagram);
    for (let at = start; at + RECORD_HEADER_BYTES < end;) {
      const next = at + RECORD_HEADER_BYTES + uint16(bytes, at + 11);
      if (next <= end) this.#pushRecord(datagram, at, sides);
      at = next;
    }
  }

  /** The datagram is an alert that cannot be read; false where it belongs to no handshake. */
  pushSealedAlert(datagram: Datagram): boolean {
    const found = this.#find(packetSides(datagram));
    if (found !== undefined) this.#end(found, datagram, "");
    return found !== undefined;
  }

  #pushRecord(datagram: Datagram, at: number, sides: Sides): void {
    const { bytes } = datagram;
    const body = at + RECORD_HEADER_BYTES;
    const type = bytes[at];
    const isReadable = uint16(bytes, at + 3) === 0;
    if (isReadable && type === HANDSHAKE && bytes[body] === CLIENT_HELLO) return this.#pushHello(datagram, at, sides);
    const found = this.#find(sides);
    if (found === undefined) return;
    const { known, isOfServer } = found;
    if (type === ALERT) {
      if (!isReadable) this.#end(found, datagram, "");
      else if (bytes[body] === FATAL) this.#end(found, datagram, tlsAlertName(bytes[body + 1]));
    } else if (isReadable && type === HANDSHAKE && isOfServer && !known.isAnswered) {
      known.isAnswered = true;
      this.#tell(known);
    } else if (isReadable && type === CHANGE_CIPHER_SPEC && !known.isComplete) {
      changeCipher(known, isOfServer);
      this.#tell(known);
    }
  }

  #find({ source, destination }: Sides): Found | undefined {
    const byServer = this.#handshakes.get(wayText(destination, source));
    const known = byServer ?? this.#handshakes.get(wayText(source, destination));
    return known && { known, isOfServer: known === byServer };
  }

  /** The first alert is the one that tells why; one that can be read tells more. */
  #end({ known, isOfServer }: Found, { frame }: Datagram, alert: string): void {
    if (known.alert !== "" || (known.isSealed && alert === "")) return;
    known.alert = alert;
    known.isSealed = alert === "";
    known.isAlertOfServer = isOfServer;
    known.frame = frame.number;
    known.timeMicros = frame.timeMicros;
    this.#tell(known);
  }

  #pushHello({ bytes, frame }: Datagram, at: number, sides: Sides): void {
    // Only the first fragment counts.
    const fragmentAt = at + RECORD_HEADER_BYTES + 6;
    if (uint16(bytes, fragmentAt) !== 0 || bytes[fragmentAt + 2] !== 0) return;
    const key = wayText(sides.source, sides.destination);
    const sequence = uint32(bytes, at + 7);
    let known = this.#handshakes.get(key);
    if (known === undefined || frame.timeMicros - known.timeMicros > LONGEST_REPEAT_MICROS) {
      known = begun(frame, sides);
      this.#handshakes.set(key, known);
    } else if (known.sequence === sequence) return;
    known.sequence = sequence;
    known.hellos++;
    if (known.isAnswered) known.repeatedHellos++;
    if (known.alert === "" && !known.isSealed) {
      known.frame = frame.number;
      known.timeMicros = frame.timeMicros;
    }
    this.#tell(known);
  }

  #tell(open: OpenHandshake): void {
    const { sequence: _, hasClientChanged: __, hasServerChanged: ___, ...handshake } = open;
    this.#onHandshake(handshake);
  }
}

function begun({ capture, number, timeMicros }: Frame, { source, destination }: Sides): OpenHandshake {
  return {
    kind: "dtls-handshake",
    capture,
    frame: number,
    timeMicros,
    firstMicros: timeMicros,
    hellos: 0,
    isAnswered: false,
    repeatedHellos: 0,
    isComplete: false,
    alert: "",
    isSealed: false,
    isAlertOfServer: false,
    source,
    destination,
    sequence: -1,
    hasClientChanged: false,
    hasServerChanged: false,
  };
}

function changeCipher(handshake: OpenHandshake, isOfServer: boolean): void {
  if (isOfServer) handshake.hasServerChanged = true;
  else handshake.hasClientChanged = true;
  handshake.isComplete = handshake.hasClientChanged && handshake.hasServerChanged;
}
