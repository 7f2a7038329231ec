import type { CallReport } from "../diagnosis/report.ts";

/** What calls of a report are called together: calls, where all of them are; registrations; or exchanges, of any kind. */
export interface CallsNamed {
  /** Keys of interface strings. */
  readonly heading: string;
  readonly counted: string;
}

export function callsNamed(calls: readonly Pick<CallReport, "kind">[]): CallsNamed {
  const kinds = new Set(calls.map(({ kind }) => kind));
  if (kinds.size === 0 || (kinds.size === 1 && kinds.has("call")))
    return { heading: "view.callsHeading", counted: "view.calls" };
  if (kinds.size === 1 && kinds.has("registration"))
    return { heading: "view.registrations", counted: "view.registrationsCounted" };
  return { heading: kinds.has("call") ? "view.callsAndOthers" : "view.exchanges", counted: "view.exchangesCounted" };
}
