import { contact } from "../message/contact.ts";
import { expirationSeconds } from "../message/expirationSeconds.ts";
import type { SipResponse } from "../message/message.ts";
import { to } from "../message/to.ts";
import { parseUri, uriWithoutParameters } from "../message/uri.ts";
import { detached, type Endpoint, type Packet } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import type { QuietRequest } from "./phoneFlows.ts";

/** What a registrar said about one address of record: its 200 to a REGISTER lists all bindings. RFC 3261 §10.3 step 8 */
export interface RegisteredState {
  readonly timeMicros: number;
  readonly callId: string;
  /** Who said it, and to whom. */
  readonly registrar: Endpoint;
  readonly client: Endpoint;
  /** From where the client got it: the registrar, or the proxy through which it registers. */
  readonly edge: Endpoint;
  readonly bindings: readonly Binding[];
  /** The 200 OK, to be read again as a proof. */
  readonly packet: Packet;
}

export interface Binding {
  /** Without parameters. */
  readonly contact: string;
  /** Microseconds since the epoch. */
  readonly endsMicros: number;
  /** Which device it is, whatever address it has; `""` where the registrar does not say it. RFC 5626 §4.1 */
  readonly instance: string;
}

/** Limits of what is remembered; what was used least recently is forgotten first. */
const MAX_USERS = 10_000;
const MAX_QUIET_REQUESTS = 10_000;
const MAX_DOMAINS = 10_000;
const MAX_STATES = 4;
/** Where neither Contact nor Expires says it. RFC 3261 §10.3 step 7 leaves it to the registrar; an hour is suggested. */
const DEFAULT_SECONDS = 3600;
const NOTHING: readonly RegisteredState[] = [];

/** Remembers, over all calls, who is registered where. Asked when calls are judged, about any time since. */
export class Registrations {
  readonly #states: RecentMap<string, RegisteredState[]>;
  readonly #quiet = new RecentMap<string, QuietRequest>(MAX_QUIET_REQUESTS);
  readonly #domains = new RecentMap<string, true>(MAX_DOMAINS);
  /** How many states were forgotten. */
  dropped = 0;

  constructor() {
    this.#states = new RecentMap<string, RegisteredState[]>(MAX_USERS, (users) => {
      this.dropped += [...users].length;
    });
  }

  /** What registrars said about an address of record, in order of time; the latest few, empty where none is known. */
  statesOf(uri: string): readonly RegisteredState[] {
    return this.#states.get(userKey(uri)) ?? NOTHING;
  }

  /** True where something that was said at that time or before, microseconds since the epoch, may have been forgotten. */
  hasForgotten(uri: string, timeMicros: number): boolean {
    const states = this.statesOf(uri);
    return states.length === MAX_STATES && states[0].timeMicros > timeMicros;
  }

  /** True where this registrar took somebody of this domain. */
  isServed(domain: string, { text }: Endpoint): boolean {
    return this.#domains.get(domainKey(domain, text)) === true;
  }

  /** Known where the request went to a registered phone that had been silent for longer than keep-alives allow. */
  quietBefore(packet: Packet): QuietRequest | undefined {
    return this.#quiet.get(requestKey(packet));
  }

  addQuietRequest(packet: Packet, quiet: QuietRequest): void {
    this.#quiet.set(requestKey(packet), quiet);
  }

  /** A 2xx to a REGISTER. */
  add(response: SipResponse): void {
    const user = response.first(to)?.uri;
    if (user === undefined) return;
    const { packet } = response;
    this.#domains.set(domainKey(parseUri(user)?.host ?? "", packet.source.text), true);
    const bindings = bindingsOf(response);
    const key = userKey(user);
    const states = this.#states.get(key) ?? [];
    const state: RegisteredState = {
      timeMicros: packet.timeMicros,
      callId: response.callId,
      registrar: packet.source,
      client: packet.destination,
      edge: packet.source,
      bindings,
      packet: detached(packet),
    };
    // What had to wait, for the keys of its connection for example, may come after what was said later.
    const place = states.findLastIndex(({ timeMicros }) => timeMicros <= state.timeMicros);
    if (place >= 0 && isRefresh(states[place], state)) states[place] = state;
    else if (place >= 0 && isPassedOn(states[place], state))
      states[place] = { ...state, registrar: states[place].registrar };
    else if (place >= 0 || states.length < MAX_STATES) states.splice(place + 1, 0, state);
    if (states.length > MAX_STATES) states.shift();
    this.#states.set(key, states);
  }
}

/** Those that still hold when the response was sent. */
export function bindingsOf(response: SipResponse): Binding[] {
  const { timeMicros } = response.packet;
  return response
    .all(contact)
    .map((binding) => ({
      contact: uriWithoutParameters(binding.uri),
      endsMicros: timeMicros + (expirationSeconds(response, binding) ?? DEFAULT_SECONDS) * 1_000_000,
      instance: binding.params.get("+sip.instance")?.toLowerCase() ?? "",
    }))
    .filter(({ endsMicros }) => endsMicros > timeMicros);
}

/** The same device again with nothing changed but the time. */
function isRefresh(before: RegisteredState, now: RegisteredState): boolean {
  if (before.registrar !== now.registrar || before.callId !== now.callId) return false;
  if (before.bindings.length !== now.bindings.length) return false;
  return before.bindings.every(({ contact: uri }, index) => now.bindings[index].contact === uri);
}

/** The same 200 on its way through a proxy to the client. */
function isPassedOn(before: RegisteredState, now: RegisteredState): boolean {
  return before.callId === now.callId && before.client === now.edge;
}

/** User and host, which is all that tells addresses of record apart. RFC 3261 §10.3 step 5 */
function userKey(uri: string): string {
  const parsed = parseUri(uri);
  return parsed === undefined ? uri : `${parsed.user ?? ""}@${parsed.host}`;
}

function domainKey(domain: string, registrar: string): string {
  return `${domain} ${registrar}`;
}

function requestKey(packet: Packet): string {
  return `${packet.capture} ${packet.frame} ${packet.timeMicros}`;
}
