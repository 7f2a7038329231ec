import { networkLimits } from "../limits.ts";
import { RecentMap } from "../recentMap.ts";
import { AwaitedKeys, type KeylessConnection } from "./awaitedKeys.ts";
import type { TlsCrypto } from "./tlsCrypto.ts";

/** The secrets of a key log with which records can be opened; others in it are passed over. */
export type SecretLabel =
  | "CLIENT_RANDOM"
  | "CLIENT_EARLY_TRAFFIC_SECRET"
  | "CLIENT_HANDSHAKE_TRAFFIC_SECRET"
  | "SERVER_HANDSHAKE_TRAFFIC_SECRET"
  | "CLIENT_TRAFFIC_SECRET_0"
  | "SERVER_TRAFFIC_SECRET_0";

const LABELS: readonly SecretLabel[] = [
  "CLIENT_RANDOM",
  "CLIENT_EARLY_TRAFFIC_SECRET",
  "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
  "SERVER_HANDSHAKE_TRAFFIC_SECRET",
  "CLIENT_TRAFFIC_SECRET_0",
  "SERVER_TRAFFIC_SECRET_0",
];

/** Where more keys may come from: a capture that may hold some, or a log that is being written. */
export type KeySource = "capture" | "log";

/** Label, random of the ClientHello, secret: `SSLKEYLOGFILE`. draft-ietf-tls-keylogfile §1 */
const LINE = /^([A-Z][A-Z0-9_]*)[ \t]+([0-9a-fA-F]{64})[ \t]+((?:[0-9a-fA-F]{2}){16,64})[ \t\r]*$/u;
const LONGEST_LINE = 512;

/** The secrets of TLS connections, by the random of their ClientHello. They get into no report. */
export class TlsKeys {
  /** The means to use them. */
  readonly crypto: TlsCrypto | undefined;
  /** Secrets forgotten because there were too many. */
  forgotten = 0;
  readonly awaited: AwaitedKeys = new AwaitedKeys();
  readonly #sources: Set<KeySource> = new Set();
  /** Randoms of the log that is being added. */
  readonly #added: Set<string> = new Set();
  /** By random, in hexadecimal, and label. Nothing in it is a part of the log, which would be kept whole for it. */
  readonly #secrets: RecentMap<string, Map<SecretLabel, Uint8Array>>;

  constructor(crypto?: TlsCrypto) {
    this.crypto = crypto;
    this.#secrets = new RecentMap(networkLimits["tls-secrets"], (dropped) => {
      for (const secrets of dropped) this.forgotten += secrets.size;
    });
  }

  /** False where no keys are given, or nothing can be done with them. */
  get isAvailable(): boolean {
    return this.crypto !== undefined && (this.#secrets.size > 0 || this.#sources.has("log"));
  }

  /** More keys may come than there are. */
  get areAwaited(): boolean {
    return this.crypto !== undefined && this.#sources.size > 0;
  }

  /** Lines of a key log; what is none is passed over. `source`: more may come from there. */
  add(log: string, source?: KeySource): void {
    if (source !== undefined) this.#sources.add(source);
    this.#added.clear();
    let start = 0;
    while (start < log.length) {
      const feed = log.indexOf("\n", start);
      const end = feed < 0 ? log.length : feed;
      if (end - start <= LONGEST_LINE) this.#addLine(log.slice(start, end));
      start = end + 1;
    }
    if (this.#added.size > 0) this.awaited.release(this.#added);
  }

  knows(random: Uint8Array | undefined): boolean {
    return random !== undefined && this.isAvailable && this.#secrets.get(hexOf(random)) !== undefined;
  }

  /** True where nothing has to be waited for: of TLS 1.3 the secrets of both sides, which may be written one after the other. */
  hasAllOf(random: Uint8Array | undefined): boolean {
    const secrets = random === undefined || !this.isAvailable ? undefined : this.#secrets.get(hexOf(random));
    if (secrets === undefined) return false;
    return (
      secrets.has("CLIENT_RANDOM") || (secrets.has("CLIENT_TRAFFIC_SECRET_0") && secrets.has("SERVER_TRAFFIC_SECRET_0"))
    );
  }

  /** The connection waits for the keys of this random. */
  expect(connection: KeylessConnection, random: Uint8Array): void {
    this.awaited.expect(connection, hexOf(random));
  }

  secret(random: Uint8Array, label: SecretLabel): Uint8Array | undefined {
    return this.#secrets.get(hexOf(random))?.get(label);
  }

  #addLine(line: string): void {
    const match = LINE.exec(line);
    const label = LABELS.find((each) => each === match?.[1]);
    if (match === null || label === undefined) return;
    const random = hexOf(bytesOf(match[2]));
    const secret = bytesOf(match[3]);
    this.#added.add(random);
    const known = this.#secrets.get(random);
    if (known !== undefined) known.set(label, secret);
    else this.#secrets.set(random, new Map([[label, secret]]));
  }
}

function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}
