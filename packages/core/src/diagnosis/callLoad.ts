import type { MessagePeek } from "../message/peekMessage.ts";
import type { Endpoint, Packet } from "../network/packet.ts";

/** Calls that are up at a time, servers, and refusals remembered per server. */
const MAX_OPEN_CALLS = 100_000;
const MAX_SERVERS = 10_000;
const MAX_REFUSALS = 1_000;

/** How many calls a server carried each time it began to refuse. */
export interface LoadLimit {
  /** Calls that were up when this one was refused. */
  readonly open: number;
  /** The same at the beginning of each row of refusals; between two rows it took calls again. */
  readonly onsets: readonly number[];
}

interface ServerLoad {
  readonly open: Set<string>;
  readonly refused: Map<string, number>;
  readonly onsets: number[];
  refusing: boolean;
}

/** Counts the calls that are up through each server, to see whether it refuses at a certain number. */
export class CallLoad {
  readonly #servers: Map<string, ServerLoad> = new Map();
  /** The servers that each call is up through. */
  readonly #calls: Map<string, ServerLoad[]> = new Map();

  push({ source }: Packet, { kind, method, statusCode, callId }: MessagePeek): void {
    if (kind === "request") {
      if (method === "BYE") this.#end(callId);
      return;
    }
    if (statusCode < 200 || method !== "INVITE") return;
    if (statusCode < 300) this.#begin(source, callId);
    else if (statusCode === 503 || statusCode === 500) this.#refuse(source, callId);
  }

  /** What was known when this server refused the call. */
  limitAt({ address }: Endpoint, callId: string): LoadLimit | undefined {
    const load = this.#servers.get(address);
    const open = load?.refused.get(callId);
    return load === undefined || open === undefined ? undefined : { open, onsets: load.onsets };
  }

  #begin(source: Endpoint, callId: string): void {
    const load = this.#loadOf(source);
    if (load === undefined || load.open.has(callId)) return;
    const known = this.#calls.get(callId);
    if (known === undefined && this.#calls.size >= MAX_OPEN_CALLS) return;
    load.open.add(callId);
    load.refusing = false;
    if (known === undefined) this.#calls.set(callId, [load]);
    else known.push(load);
  }

  #end(callId: string): void {
    const loads = this.#calls.get(callId);
    if (loads === undefined) return;
    for (const { open } of loads) open.delete(callId);
    this.#calls.delete(callId);
  }

  #refuse(source: Endpoint, callId: string): void {
    const load = this.#loadOf(source);
    if (load === undefined || load.refused.has(callId)) return;
    if (load.refused.size < MAX_REFUSALS) load.refused.set(callId, load.open.size);
    if (!load.refusing && load.onsets.length < MAX_REFUSALS) load.onsets.push(load.open.size);
    load.refusing = true;
  }

  #loadOf({ address }: Endpoint): ServerLoad | undefined {
    const known = this.#servers.get(address);
    if (known !== undefined || this.#servers.size >= MAX_SERVERS) return known;
    const load: ServerLoad = { open: new Set(), refused: new Map(), onsets: [], refusing: false };
    this.#servers.set(address, load);
    return load;
  }
}
