import type { ChildProcess } from "node:child_process";

/** The last event of `sipwhy live --format json`. */
interface LiveEnd {
  readonly totals: { readonly calls: number; readonly messages: number };
  readonly outcomes: Readonly<Record<string, number>>;
  readonly drops?: { readonly kernel: number };
}

/** What `sipwhy live --format json` has printed so far, counted and not kept. */
export interface LiveOutput {
  readonly started: boolean;
  /** Calls told before, and when, nothing more could come. */
  readonly events: number;
  readonly finals: number;
  end(): LiveEnd;
}

export function readLive({ stdout }: ChildProcess): LiveOutput {
  const seen = { started: false, events: 0, finals: 0 };
  let line = "";
  let last = "";
  stdout?.on("data", (chunk: Buffer) => {
    const lines = (line + chunk.toString("utf8")).split("\n");
    line = lines.pop() ?? "";
    for (const each of lines) {
      if (each.startsWith('{"event":"start"')) seen.started = true;
      else if (each.startsWith('{"event":"call","final":true')) seen.finals++;
      else if (each.startsWith('{"event":"call"')) seen.events++;
      last = each;
    }
  });
  return Object.assign(seen, { end: () => JSON.parse(last) as LiveEnd });
}
