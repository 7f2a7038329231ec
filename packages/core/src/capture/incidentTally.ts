import type { Incident, IncidentKind } from "./incident.ts";

/** Counts the incidents of one capture, so that each kind is told once. Those that have a limit or a reason are counted by it. */
export class IncidentTally {
  readonly #capture: number;
  readonly #counted: Map<string, Counted> = new Map();

  constructor(capture: number) {
    this.#capture = capture;
  }

  /** Counts one more. The first frame is kept; of the values the latest, so that they may be running totals. */
  count(kind: IncidentKind, frame?: number, values?: Incident["values"]): void {
    const key = `${kind} ${values?.limit ?? values?.reason ?? ""}`;
    const counted = this.#counted.get(key);
    if (counted === undefined) {
      this.#counted.set(key, { kind, count: 1, frame, values });
      return;
    }
    counted.count++;
    if (frame !== undefined && counted.frame !== undefined && frame < counted.frame) counted.frame = frame;
    if (values !== undefined) counted.values = values;
  }

  /** Hands over what was counted and starts again from nothing. */
  flush(onIncident: (incident: Incident) => void): void {
    const counted = [...this.#counted.values()];
    this.#counted.clear();
    for (const { kind, count, frame, values } of counted) {
      onIncident({ kind, capture: this.#capture, count, frame, values });
    }
  }
}

interface Counted {
  readonly kind: IncidentKind;
  count: number;
  frame: number | undefined;
  values: Incident["values"];
}
