import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { MessageReport, Report } from "../packages/core/src/index.ts";
import { capturesFolder, explain } from "./explain.ts";
import { peer, type Run } from "./peers.ts";

/** What both sides say about a capture, as sorted lines that can be compared. */
interface Tally {
  readonly methods: readonly string[];
  readonly statusCodes: readonly string[];
  readonly callIds: readonly string[];
}

interface Difference {
  /** Messages that tshark 4.0 does not show: `<frame> <CSeq method>`. */
  readonly onlyOurs?: readonly string[];
  /** How often each packet is in the capture; a call tells each message once. */
  readonly copies?: number;
  readonly why: string;
}

const differences: Readonly<Record<string, Difference>> = {
  "f1-502-malformed-badline.pcap": {
    onlyOurs: ["7 INVITE", "9 INVITE", "11 INVITE"],
    why: "for tshark a status line without a number is no SIP; the call failed of it",
  },
  "k-tcp-segments.pcap": {
    onlyOurs: ["53 BYE", "53 OPTIONS"],
    why: "the BYE begins in the segment of the ACK before it; for tshark its rest and what follows is Continuation",
  },
  "u-duplicated-two-taps.pcap": { copies: 2, why: "two taps saw every packet" },
};

/** HEP, for which tshark 4.0 has no dissector. */
const unreadable: readonly string[] = ["o-hep3-kamailio.pcap"];

const withTshark = peer("tshark");
for (const name of readdirSync(capturesFolder).filter(
  (file) => /\.pcap(ng)?$/.test(file) && !unreadable.includes(file),
)) {
  withTshark(`tshark counts the same methods, status codes and Call-IDs in ${name}`, async (run) => {
    const report = await explain(name);
    expect(ours(report, differences[name])).toEqual(theirs(run, join(capturesFolder, name)));
  });
}

function ours({ calls }: Report, { onlyOurs = [], copies = 1 }: Partial<Difference> = {}): Tally {
  const all = calls.flatMap((call) => call.messages ?? []);
  const isOnlyOurs = ({ frame, method }: MessageReport): boolean => onlyOurs.includes(`${frame} ${method}`);
  expect(all.filter(isOnlyOurs)).toHaveLength(onlyOurs.length);
  const messages = Array<readonly MessageReport[]>(copies)
    .fill(all.filter((message) => !isOnlyOurs(message)))
    .flat();
  return {
    methods: count(messages.filter(({ statusCode }) => statusCode === undefined).map(({ method }) => method)),
    statusCodes: count(messages.flatMap(({ statusCode }) => (statusCode === undefined ? [] : [String(statusCode)]))),
    callIds: count(messages.map(({ callId }) => callId)),
  };
}

function theirs(run: Run, file: string): Tally {
  const fields = ["sip.Method", "sip.Status-Code", "sip.Call-ID"].flatMap((field) => ["-e", field]);
  const rows = run(["-n", "-r", file, "-Y", "sip", "-T", "fields", ...fields]).split("\n");
  const [methods, statusCodes, callIds] = [0, 1, 2].map((column) =>
    count(rows.flatMap((row) => row.split("\t")[column]?.split(",") ?? []).filter(Boolean)),
  );
  return { methods, statusCodes, callIds };
}

function count(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, times]) => `${value} ${times}`).toSorted();
}
