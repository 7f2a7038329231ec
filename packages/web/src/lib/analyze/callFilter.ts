import type { CallRow } from "./protocol.ts";

export interface CallFilter {
  /** Part of a number or a name, or a Call-ID from its beginning. */
  readonly text: string;
  /** Kinds of outcome; empty for all. */
  readonly outcomes: ReadonlySet<string>;
  /** `call`, `registration` …; empty for all. */
  readonly kind: string;
  /** A status code, or its class (`4`); empty for all. */
  readonly code: string;
  /** `10:04:06`, in the zone of the captures; empty for all. */
  readonly from: string;
  readonly until: string;
}

export type SortKey = "start" | "outcome" | "code" | "from" | "to" | "seconds";

export interface CallOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The places in `rows` of those that fit, in the order asked for. */
export function chosenRows(rows: readonly CallRow[], filter: CallFilter, { key, descending }: CallOrder): number[] {
  // A Call-ID is pasted with the name of its field.
  const text = filter.text
    .trim()
    .toLowerCase()
    .replace(/^call-id:\s*/u, "");
  // Digits are compared without separators, as people paste numbers.
  const digits = /^[\d\s+().-]{3,}$/u.test(text) ? text.replace(/\D/gu, "") : "";
  const chosen: number[] = [];
  for (const [index, row] of rows.entries()) if (fits(row, filter, text, digits)) chosen.push(index);
  const value = sortValues[key];
  const sign = descending ? -1 : 1;
  return key === "start" && !descending
    ? chosen
    : chosen.sort((a, b) => sign * compare(value(rows[a]), value(rows[b])) || a - b);
}

function fits(row: CallRow, { outcomes, kind, code, from, until }: CallFilter, text: string, digits: string): boolean {
  if (outcomes.size > 0 && !outcomes.has(row.outcome)) return false;
  if (kind !== "" && row.kind !== kind) return false;
  if (code !== "" && !String(row.statusCode ?? "").startsWith(code)) return false;
  const time = row.start.slice(11, 19);
  if ((from !== "" && time < from) || (until !== "" && time > until)) return false;
  if (text === "") return true;
  const parties = `${row.from} ${row.to}`.toLowerCase();
  if (parties.includes(text) || row.callIds.some((callId) => isCallId(callId, text))) return true;
  return digits !== "" && parties.replace(/[^\d@ ]/gu, "").includes(digits);
}

/** A short piece would be found in many: who asks for 1002 wants a number. */
function isCallId(callId: string, text: string): boolean {
  return callId === text || (text.length >= SHORTEST_PIECE && callId.startsWith(text));
}

const SHORTEST_PIECE = 8;

const sortValues: Readonly<Record<SortKey, (row: CallRow) => string | number>> = {
  start: ({ start }) => start,
  outcome: ({ outcome }) => outcome,
  code: ({ statusCode }) => statusCode ?? 0,
  from: ({ from }) => from,
  to: ({ to }) => to,
  seconds: ({ seconds }) => seconds ?? -1,
};

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
