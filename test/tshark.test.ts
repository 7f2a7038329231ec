import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { MessageReport, Report } from "../packages/core/src/index.ts";
import { expect } from "vitest";
import { capturesFolder, explain } from "./explain.ts";
import { peer } from "./peers.ts";

/** What both sides say about a capture, as sorted lines that can be compared. */
interface Tally {
  readonly methods: readonly string[];
  readonly statusCodes: readonly string[];
  readonly callIds: readonly string[];
}

/** Messages that tshark 4.0 does not show, by frame, and why we do. */
const onlyOurs: Readonly<Record<string, { readonly frames: readonly number[]; readonly why: string }>> = {
  "f1-502-malformed-badline.pcap": {
    frames: [7, 9, 11],
    why: "for tshark a status line without a number is no SIP; the call failed of it",
  },
  "k-tcp-segments.pcap": { frames: [], why: "" },
};

const withTshark = peer("tshark");
for (const name of readdirSync(capturesFolder).filter((file) => /\.pcap(ng)?$/.test(file))) {
  withTshark(`tshark counts the same methods, status codes and Call-IDs in ${name}`, async (run) => {
    const report = await explain(name);
    expect(ours(report, onlyOurs[name]?.frames ?? [])).toEqual(theirs(run, join(capturesFolder, name)));
  });
}

function ours(report: Report, without: readonly number[]): Tally {
  const messages = report.calls.flatMap((call) => call.messages ?? []).filter(({ frame }) => !without.includes(frame));
  const requests = messages.filter(({ statusCode }) => statusCode === undefined);
  return {
    methods: count(requests.map(({ method }) => method)),
    statusCodes: count(
      messages.filter((message) => !requests.includes(message)).map(({ statusCode }) => String(statusCode)),
    ),
    callIds: count(messages.map(({ callId }: MessageReport) => callId)),
  };
}

function theirs(run: (args: readonly string[]) => string, file: string): Tally {
  const fields = ["sip.Method", "sip.Status-Code", "sip.Call-ID"];
  const values = (field: string): readonly string[] =>
    run(["-n", "-r", file, "-Y", field, "-T", "fields", "-e", field]).split(/[\n,]/).filter(Boolean);
  const [methods, statusCodes, callIds] = fields.map((field) => count(values(field)));
  return { methods, statusCodes, callIds };
}

function count(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, times]) => `${value} ${times}`).toSorted();
}
