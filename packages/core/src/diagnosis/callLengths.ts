import type { Leg } from "../call/leg.ts";
import { byeOf, type Dialog } from "../dialog/dialog.ts";
import type { SipMessage, SipRequest } from "../message/message.ts";
import { fromUri, toUri } from "../message/partyUri.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { detached, type Endpoint } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { hops } from "../transaction/transaction.ts";
import { secondsBetween, secondsUntil } from "./elapsed.ts";
import { isOfLoadGenerator } from "./rules/loadGenerator.ts";

/** Elements remembered, each for the calls that it makes and for those that it gets; those used least recently forgotten first. */
const MAX_ELEMENTS = 2000;
/** Ends that are shown, and users that are told from each other, for calls of one length. */
const MAX_SHOWN = 3;
const MAX_USERS = 8;
/** Who looks at its timers every second or two ends calls so far apart. */
const WIDEST_TENTHS = 20;
/** Sooner than this people hang up who have the wrong number, or have heard enough. */
const SHORTEST_TENTHS = 100;
const LEAST_CALLS = 3;
/** People who talk for about so long would hang up that close to each other once in a thousand times. */
const HARDLY_CHANCE = 1 / 1000;

export type Side = "caller" | "callee";

/** The longest calls of an element: it ended them, gave no reason, and they lasted equally long. */
export interface EqualCalls {
  readonly ender: Endpoint;
  readonly side: Side;
  readonly count: number;
  readonly shortestSeconds: number;
  readonly longestSeconds: number;
  /** On the side of the element; not all of them. */
  readonly users: ReadonlySet<string>;
  /** Some of them. */
  readonly shown: readonly End[];
}

export interface End {
  readonly answer: SipMessage;
  readonly bye: SipMessage;
}

interface Ends {
  count: number;
  readonly users: Set<string>;
  readonly shown: End[];
}

interface Element {
  readonly endpoint: Endpoint;
  readonly side: Side;
  /** Of all its calls, whoever ended them, in tenths of a second. */
  longest: number;
  /** Those that it ended, by their length, as far as hardly any call lasted longer. */
  readonly ends: Map<number, Ends>;
}

/** How long a dialog was up. */
interface Span {
  readonly dialog: Dialog;
  readonly tenths: number;
  readonly bye: SipRequest | undefined;
}

/** How long the calls of each element lasted, and which of the longest it ended, from calls that have ended. */
export class CallLengths {
  readonly #elements = new RecentMap<string, Element>(MAX_ELEMENTS);

  /** @param isExplained a rule knows why the call ended */
  learn(legs: readonly Leg[], observedUntilMicros: number, isExplained: boolean): void {
    const spans = legs.flatMap(({ dialogs }) => longestOf(dialogs, observedUntilMicros) ?? []);
    if (spans.some(({ dialog }) => isOfLoadGenerator(dialog.invite.first))) return;
    for (const { dialog, tenths } of spans) {
      for (const { client, server } of hops(dialog.invite)) {
        this.#note(client, "caller", tenths);
        this.#note(server, "callee", tenths);
      }
    }
    if (!isExplained) this.#noteEnd(firstEnded(spans));
  }

  values(): EqualCalls[] {
    return [...this.#elements.values()].flatMap((element) => equalCallsOf(element) ?? []);
  }

  #note(endpoint: Endpoint, side: Side, tenths: number): Element {
    const key = `${side} ${endpoint.address}`;
    let element = this.#elements.get(key);
    if (element === undefined)
      this.#elements.set(key, (element = { endpoint, side, longest: tenths, ends: new Map() }));
    if (tenths > element.longest) element.longest = tenths;
    for (const length of element.ends.keys()) {
      if (element.longest - length > WIDEST_TENTHS) element.ends.delete(length);
    }
    return element;
  }

  #noteEnd(span: Span | undefined): void {
    if (span?.bye === undefined || span.tenths < SHORTEST_TENTHS) return;
    const { dialog, tenths, bye } = span;
    const side = bye.fromTag === dialog.callerTag ? "caller" : "callee";
    const element = this.#note(bye.packet.source, side, tenths);
    if (element.longest - tenths > WIDEST_TENTHS) return;
    let ends = element.ends.get(tenths);
    if (ends === undefined) element.ends.set(tenths, (ends = { count: 0, users: new Set(), shown: [] }));
    ends.count++;
    const user = side === "caller" ? fromUri(dialog.invite.first) : toUri(dialog.invite.first);
    if (ends.users.size < MAX_USERS) ends.users.add(user);
    if (ends.count <= MAX_SHOWN) ends.shown.push({ answer: kept(dialog.answer!), bye: kept(bye) });
  }
}

/** The dialog that was up for longest: of a forked INVITE others may have been ended at once. RFC 3261 §13.2.2.4 */
function longestOf(dialogs: readonly Dialog[], observedUntilMicros: number): Span | undefined {
  let longest: Span | undefined;
  for (const dialog of dialogs) {
    const { answer } = dialog;
    if (answer === undefined) continue;
    const bye = byeOf(dialog)?.request;
    const seconds = bye === undefined ? secondsUntil(answer, observedUntilMicros) : secondsBetween(answer, bye);
    const tenths = Math.round(seconds * 10);
    if (tenths > (longest?.tenths ?? -1)) longest = { dialog, tenths, bye };
  }
  return longest;
}

/** The leg that was ended first: a B2BUA ends the others for it. */
function firstEnded(spans: readonly Span[]): Span | undefined {
  let first: Span | undefined;
  for (const span of spans) {
    const timeMicros = span.bye?.packet.timeMicros ?? Number.POSITIVE_INFINITY;
    if (timeMicros < (first?.bye?.packet.timeMicros ?? Number.POSITIVE_INFINITY)) first = span;
  }
  return first;
}

function kept(message: SipMessage): SipMessage {
  return parseMessage(detached(message.packet))!;
}

/** As many of the longest calls as are hardly equal by chance. */
function equalCallsOf({ endpoint, side, longest, ends }: Element): EqualCalls | undefined {
  const lengths = [...ends.keys()].sort((a, b) => b - a);
  let found: EqualCalls | undefined;
  const all: Ends = { count: 0, users: new Set(), shown: [] };
  for (const length of lengths) {
    const { count, users, shown } = ends.get(length)!;
    all.count += count;
    for (const user of users) all.users.add(user);
    all.shown.push(...shown);
    if (all.count < LEAST_CALLS || chanceOf(all.count, longest - length, longest) > HARDLY_CHANCE) continue;
    found = {
      ender: endpoint,
      side,
      count: all.count,
      shortestSeconds: length / 10,
      longestSeconds: lengths[0] / 10,
      users: new Set(all.users),
      shown: all.shown.toSorted((a, b) => a.bye.packet.timeMicros - b.bye.packet.timeMicros).slice(0, MAX_SHOWN),
    };
  }
  return found;
}

/** That so many calls, which might as well have been half as long, end within so much of each other; all in tenths of a second. */
function chanceOf(count: number, width: number, longest: number): number {
  return ((2 * Math.max(width, 1)) / longest) ** (count - 1);
}
