import type { IncidentReport } from "../diagnosis/report.ts";

/** Incidents that say why nothing could be read. */
const KINDS: ReadonlySet<string> = new Set(["container-unread", "capture-foreign", "packets-listed"]);

/** Of a capture whose format is unknown: the sentence that says why and what to do, if it is known. */
export function whyUnread(incidents: readonly IncidentReport[]): string | undefined {
  return incidents.find(({ kind }) => KINDS.has(kind))?.text;
}
