import { LARGEST_ENCRYPTED_ALERT, TAG_BYTES } from "./recordProtection.ts";

/** What a client answers to a server that asks for its certificate. RFC 8446 §4.4.2 */
export type ClientCertificate = "none" | "shown";

/** Type and length of a handshake message; behind it the content type and the tag of the record. RFC 8446 §4, §5.2 */
const AROUND_BYTES: number = 4 + 1 + TAG_BYTES;
/** A Certificate message without certificate: no context, no list. RFC 8446 §4.4.2 */
const EMPTY_CERTIFICATE_BYTES = 4;
/** A server that has to ask others about a certificate takes its time. */
const DECISION_MICROS = 10_000_000;

/**
 * The end of a TLS 1.3 handshake without its keys. That a server does not take the certificate of its client it says sealed, when its own part is
 * complete: only the sizes of records tell. RFC 8446 §4.4.2.4, §6.2
 */
export class SealedHandshake {
  /** Nothing more to be told by sizes. */
  isOver = false;
  clientCertificate: ClientCertificate | undefined;
  #answeredMicros = 0;
  #hasAlert = false;

  /** `hashBytes`: of its cipher suite; the client's part ends with a Finished message of that length, which is all where it was asked for nothing. */
  fromClient(bytes: number, hashBytes: number, timeMicros: number): void {
    if (this.clientCertificate !== undefined) {
      // An alert of its own: it ends the connection itself.
      if (bytes <= LARGEST_ENCRYPTED_ALERT && !this.#hasAlert) this.isOver = true;
      return;
    }
    if (this.isOver) return;
    const finished = AROUND_BYTES + hashBytes;
    const isEmpty =
      bytes === AROUND_BYTES + EMPTY_CERTIFICATE_BYTES || bytes === finished + 4 + EMPTY_CERTIFICATE_BYTES;
    this.isOver = bytes <= finished && !isEmpty;
    this.#answeredMicros = timeMicros;
    this.clientCertificate = this.isOver ? undefined : isEmpty ? "none" : "shown";
  }

  fromServer(bytes: number): void {
    if (this.clientCertificate === undefined) return;
    if (bytes > LARGEST_ENCRYPTED_ALERT) this.isOver = true;
    else this.#hasAlert = true;
  }

  /** The connection ends now: true where the server has heard its client out and sent nothing but what may be an alert. */
  end(byServer: boolean, timeMicros: number): boolean {
    const isEndedByServer = byServer || this.#hasAlert;
    const isRefusal = !this.isOver && this.clientCertificate !== undefined && isEndedByServer;
    this.isOver = true;
    return isRefusal && timeMicros - this.#answeredMicros <= DECISION_MICROS;
  }
}
