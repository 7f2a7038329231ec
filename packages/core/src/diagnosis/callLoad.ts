import type { MessagePeek } from "../message/peekMessage.ts";
import type { Endpoint, Packet } from "../network/packet.ts";

/** Calls that are up at a time, servers, and refusals remembered per server. */
const MAX_OPEN_CALLS = 100_000;
const MAX_SERVERS = 10_000;
const MAX_REFUSALS = 1_000;
/** That many alike show what more of the same would. */
const MAX_ONSETS = 32;
const NOTHING: readonly MetLimit[] = [];

/** How many calls a server carried each time it began to refuse. */
export interface LoadLimit {
  /** Calls that were up when this one was refused. */
  readonly open: number;
  /** The same at the beginning of each row of refusals, up to the first that differs; between two rows it took calls again. */
  readonly onsets: readonly number[];
  /** The most calls that were up when another one was taken; -1 where none was. */
  readonly mostTaken: number;
}

/** The limit of one server, as one call met it. */
export interface MetLimit extends LoadLimit {
  /** Of the server, without its port. */
  readonly address: string;
  readonly callId: string;
}

interface ServerLoad {
  readonly address: string;
  readonly open: Set<string>;
  readonly refused: Map<string, number>;
  readonly onsets: number[];
  mostTaken: number;
  refusing: boolean;
}

/** Counts the calls that are up through each server, to see whether it refuses at a certain number. */
export class CallLoad {
  readonly #servers: Map<string, ServerLoad> = new Map();
  /** The servers that each call is up through. */
  readonly #calls: Map<string, ServerLoad[]> = new Map();
  /** The servers that refused each call. */
  readonly #refused: Map<string, ServerLoad[]> = new Map();

  push({ source }: Packet, { kind, method, statusCode, callId }: MessagePeek): void {
    if (kind === "request") {
      if (method === "BYE") this.#end(callId);
      return;
    }
    if (statusCode < 200 || method !== "INVITE") return;
    if (statusCode < 300) this.#begin(source, callId);
    else if (statusCode === 503 || statusCode === 500) this.#refuse(source, callId);
  }

  /** What is known of the servers that refused a call with this Call-ID. */
  limitsMetBy(callId: string): readonly MetLimit[] {
    const refusals = this.#refused.get(callId);
    if (refusals === undefined) return NOTHING;
    return refusals.map(({ address, refused, onsets, mostTaken }) => ({
      address,
      callId,
      open: refused.get(callId) ?? 0,
      onsets: onsets.slice(),
      mostTaken,
    }));
  }

  /** The call is over and judged: a run of weeks has room for those that come. Also where its BYE was not seen. */
  forget(callId: string): void {
    this.#end(callId);
    for (const { refused } of this.#refused.get(callId) ?? []) refused.delete(callId);
    this.#refused.delete(callId);
  }

  #begin(source: Endpoint, callId: string): void {
    const load = this.#loadOf(source);
    if (load === undefined || load.open.has(callId)) return;
    const known = this.#calls.get(callId);
    if (known === undefined && this.#calls.size >= MAX_OPEN_CALLS) return;
    load.mostTaken = Math.max(load.mostTaken, load.open.size);
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
    if (load.refused.size < MAX_REFUSALS) {
      load.refused.set(callId, load.open.size);
      const known = this.#refused.get(callId);
      if (known === undefined) this.#refused.set(callId, [load]);
      else known.push(load);
    }
    if (!load.refusing) noteOnset(load);
    load.refusing = true;
  }

  #loadOf({ address }: Endpoint): ServerLoad | undefined {
    const known = this.#servers.get(address);
    if (known !== undefined || this.#servers.size >= MAX_SERVERS) return known;
    const load: ServerLoad = {
      address,
      open: new Set(),
      refused: new Map(),
      onsets: [],
      mostTaken: -1,
      refusing: false,
    };
    this.#servers.set(address, load);
    return load;
  }
}

/** Where two of them differ, no number is the limit, whatever comes. */
function noteOnset({ onsets, open }: ServerLoad): void {
  const [first = open.size] = onsets;
  if (onsets.some((onset) => onset !== first)) return;
  if (onsets.length < MAX_ONSETS || open.size !== first) onsets.push(open.size);
}

/** The limit of this server, if the call met it. */
export function limitAt(limits: readonly MetLimit[], server: Endpoint, callId: string): LoadLimit | undefined {
  return limits.find((limit) => limit.address === server.address && limit.callId === callId);
}
