import type { Incident } from "../capture/incident.ts";
import { contact } from "../message/contact.ts";
import { expires } from "../message/expires.ts";
import type { SipResponse } from "../message/message.ts";
import type { MessagePeek } from "../message/peekMessage.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { numberParam } from "../message/params.ts";
import { to } from "../message/to.ts";
import { parseUri, uriWithoutParameters } from "../message/uri.ts";
import { type Endpoint, movedTo, type Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";

/** What a registrar said about one address of record: its 200 to a REGISTER lists all bindings. RFC 3261 §10.3 step 8 */
export interface RegisteredState {
  readonly timeMicros: number;
  readonly callId: string;
  /** Who said it, and to whom. */
  readonly registrar: Endpoint;
  readonly client: Endpoint;
  readonly bindings: readonly Binding[];
  /** The 200 OK, to be read again as a proof. */
  readonly packet: Packet;
}

export interface Binding {
  /** Without parameters. */
  readonly contact: string;
  /** Microseconds since the epoch. */
  readonly endsMicros: number;
}

/** A request went to a registered phone after a long silence of that phone. */
export interface QuietRequest {
  /** The address of record, as a person calls it. */
  readonly user: string;
  /** The last packet from the phone, microseconds since the epoch. */
  readonly lastHeardMicros: number;
}

interface Flow {
  readonly user: string;
  readonly endsMicros: number;
  lastHeardMicros: number;
}

/** Limits of what is remembered; what was used least recently is forgotten first. */
const MAX_USERS = 10_000;
const MAX_FLOWS = 20_000;
const MAX_QUIET_REQUESTS = 10_000;
const MAX_STATES = 4;
/** Keep-alives of UDP are due every 24 to 29 s: whoever keeps to it is never quiet that long. RFC 5626 §4.4.1 */
const QUIET_MICROS = 30_000_000;
/** Where neither Contact nor Expires says it. RFC 3261 §10.3 step 7 leaves it to the registrar; an hour is suggested. */
const DEFAULT_EXPIRES_SECONDS = 3600;
const NOTHING: readonly RegisteredState[] = [];

/**
 * Remembers, over all calls, who is registered where and when a registered phone was last heard: a call tells of its own messages
 * only. Fed as messages arrive, asked when calls are judged, about any time since.
 */
export class Registrations {
  readonly #states: RecentMap<string, RegisteredState[]>;
  readonly #flows: RecentMap<Endpoint, Flow>;
  readonly #quiet = new RecentMap<string, QuietRequest>(MAX_QUIET_REQUESTS);
  #dropped = 0;

  constructor() {
    const onDrop = (values: Iterable<unknown>): void => {
      this.#dropped += [...values].length;
    };
    this.#states = new RecentMap<string, RegisteredState[]>(MAX_USERS, onDrop);
    this.#flows = new RecentMap<Endpoint, Flow>(MAX_FLOWS, onDrop);
  }

  push(packet: Packet, peek: MessagePeek): void {
    const { kind, method, statusCode } = peek;
    if (this.#flows.size > 0) {
      this.heard(packet.source, packet.timeMicros);
      if (kind === "request" && method !== "ACK") this.#noteQuiet(packet);
    }
    if (method !== "REGISTER" || statusCode < 200 || statusCode > 299) return;
    const response = parseMessage(packet);
    if (response?.kind === "response") this.#add(response);
  }

  /** Anything at all came from there, a keep-alive too. */
  heard(source: Endpoint, timeMicros: number): void {
    const flow = this.#flows.get(source);
    if (flow !== undefined) flow.lastHeardMicros = timeMicros;
  }

  /** What registrars said about an address of record, in order of time; the latest few, empty where none is known. */
  statesOf(uri: string): readonly RegisteredState[] {
    return this.#states.get(userKey(uri)) ?? NOTHING;
  }

  /** Known where the request went to a registered phone that had been silent for longer than keep-alives allow. */
  quietBefore(packet: Packet): QuietRequest | undefined {
    return this.#quiet.get(requestKey(packet));
  }

  incident(): Incident | undefined {
    if (this.#dropped === 0) return undefined;
    return { kind: "limit-reached", capture: 0, count: this.#dropped, values: { limit: "registrations" } };
  }

  #noteQuiet(packet: Packet): void {
    const flow = this.#flows.get(packet.destination);
    const { timeMicros } = packet;
    if (flow === undefined || timeMicros - flow.lastHeardMicros < QUIET_MICROS || timeMicros > flow.endsMicros) return;
    const { user, lastHeardMicros } = flow;
    this.#quiet.set(requestKey(packet), { user, lastHeardMicros });
  }

  #add(response: SipResponse): void {
    const user = response.first(to)?.uri;
    if (user === undefined) return;
    const { packet } = response;
    const bindings = bindingsOf(response);
    const key = userKey(user);
    const states = this.#states.get(key) ?? [];
    const state: RegisteredState = {
      timeMicros: packet.timeMicros,
      callId: response.callId,
      registrar: packet.source,
      client: packet.destination,
      bindings,
      packet: movedTo(new Uint8Array(packet.end - packet.start), 0, packet),
    };
    const last = states[states.length - 1];
    if (last !== undefined && isRefresh(last, state)) states[states.length - 1] = state;
    else states.push(state);
    if (states.length > MAX_STATES) states.shift();
    this.#states.set(key, states);
    if (packet.transport === "udp" && response.branches.length === 1) this.#addFlow(state, uriWithoutParameters(user));
  }

  #addFlow({ client, timeMicros, bindings }: RegisteredState, user: string): void {
    const endsMicros = bindings.reduce((latest, binding) => Math.max(latest, binding.endsMicros), 0);
    if (endsMicros <= timeMicros) this.#flows.delete(client);
    else this.#flows.set(client, { user, endsMicros, lastHeardMicros: timeMicros });
  }
}

function bindingsOf(response: SipResponse): Binding[] {
  const general = response.first(expires) ?? DEFAULT_EXPIRES_SECONDS;
  const { timeMicros } = response.packet;
  return response
    .all(contact)
    .map(({ uri, params }) => ({
      contact: uriWithoutParameters(uri),
      endsMicros: timeMicros + (numberParam(params, "expires") ?? general) * 1_000_000,
    }))
    .filter(({ endsMicros }) => endsMicros > timeMicros);
}

/** The same device again with nothing changed but the time. */
function isRefresh(before: RegisteredState, now: RegisteredState): boolean {
  if (before.registrar !== now.registrar || before.callId !== now.callId) return false;
  if (before.bindings.length !== now.bindings.length) return false;
  return before.bindings.every(({ contact: uri }, index) => now.bindings[index].contact === uri);
}

/** User and host, which is all that tells addresses of record apart. RFC 3261 §10.3 step 5 */
function userKey(uri: string): string {
  const parsed = parseUri(uri);
  return parsed === undefined ? uri : `${parsed.user ?? ""}@${parsed.host}`;
}

function requestKey(packet: Packet): string {
  return `${packet.capture} ${packet.frame} ${packet.timeMicros}`;
}
