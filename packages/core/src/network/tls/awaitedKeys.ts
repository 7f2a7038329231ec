import { networkLimits } from "../limits.ts";

/** A connection whose keys may still come: what was sent on it is held. */
export interface KeylessConnection {
  /** Its keys are there: what was held, to be read with them. */
  takeHeld(): readonly HeldStep[];
  /** `limit`: too much is held. */
  stopWaiting(limit: "tls-keyless-bytes" | "tls-keyless-total-bytes"): void;
}

/** Something that one side of a connection did. */
export interface HeldStep {
  /** Not before the step that came before it in the same connection. */
  readonly timeMicros: number;
  read(): void;
}

interface Waiting {
  bytes: number;
  /** Of its ClientHello, once that has come. */
  random: string;
}

/** What a step takes besides its bytes. */
const STEP_BYTES = 128;

/** The connections whose keys may still come, and how much is held of them. */
export class AwaitedKeys {
  /** The one that has waited longest first. */
  readonly #waiting: Map<KeylessConnection, Waiting> = new Map();
  readonly #byRandom: Map<string, Set<KeylessConnection>> = new Map();
  #totalBytes = 0;

  has(connection: KeylessConnection): boolean {
    return this.#waiting.has(connection);
  }

  add(connection: KeylessConnection): void {
    this.#waiting.set(connection, { bytes: 0, random: "" });
  }

  /** It waits for the keys of this random. */
  expect(connection: KeylessConnection, random: string): void {
    const waiting = this.#waiting.get(connection);
    if (waiting === undefined) return;
    this.#forgetRandom(connection, waiting.random);
    waiting.random = random;
    const others = this.#byRandom.get(random);
    if (others === undefined) this.#byRandom.set(random, new Set([connection]));
    else others.add(connection);
  }

  /** So many more bytes are held of it. */
  hold(connection: KeylessConnection, bytes: number): void {
    const waiting = this.#waiting.get(connection);
    if (waiting === undefined) return;
    waiting.bytes += bytes + STEP_BYTES;
    this.#totalBytes += bytes + STEP_BYTES;
    if (waiting.bytes > networkLimits["tls-keyless-bytes"]) connection.stopWaiting("tls-keyless-bytes");
    for (const oldest of this.#waiting.keys()) {
      if (this.#totalBytes <= networkLimits["tls-keyless-total-bytes"]) return;
      oldest.stopWaiting("tls-keyless-total-bytes");
    }
  }

  delete(connection: KeylessConnection): void {
    const waiting = this.#waiting.get(connection);
    if (waiting === undefined) return;
    this.#waiting.delete(connection);
    this.#totalBytes -= waiting.bytes;
    this.#forgetRandom(connection, waiting.random);
  }

  /** Keys have come: what the connections of these randoms hold is read, all together in the order in which it was sent. */
  release(randoms: ReadonlySet<string>): void {
    const connections = [...randoms].flatMap((random) => [...(this.#byRandom.get(random) ?? [])]);
    const steps = connections.flatMap((connection) => connection.takeHeld());
    for (const step of steps.toSorted((a, b) => a.timeMicros - b.timeMicros)) step.read();
  }

  #forgetRandom(connection: KeylessConnection, random: string): void {
    const others = this.#byRandom.get(random);
    others?.delete(connection);
    if (others?.size === 0) this.#byRandom.delete(random);
  }
}
