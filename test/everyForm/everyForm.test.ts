import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analyze, type Report } from "../../packages/core/src/index.ts";
import { language } from "../../packages/core/src/language/languages/en.ts";
import { missingPeers } from "../peers.ts";
import { canMakeNetworks } from "../peers/network.ts";
import { makeBusyCall } from "./busyCall.ts";
import { saveAsText, sendAsHep } from "./sngrepSave.ts";

const programs = ["sipp", "tcpdump", "editcap", "tshark", "sngrep", "ngrep", "sipgrep", "script"];
const advice =
  missingPeers(programs) ?? (canMakeNetworks() ? undefined : "needs root: it captures on the loopback interface");
const folder = mkdtempSync(join(tmpdir(), "sipwhy-every-form-"));
const messages = 4;

const said = (program: string, ...args: readonly string[]): Buffer =>
  execFileSync(program, args, { cwd: folder, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
const file = (name: string): Buffer => readFileSync(join(folder, name));

/** The same call as each program writes or prints it. */
const forms: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
  "pcap, by tcpdump": () => file("call.pcap"),
  "pcapng, by editcap": () => (said("editcap", "-F", "pcapng", "call.pcap", "call.pcapng"), file("call.pcapng")),
  "packed, by gzip": () => said("gzip", "-c", "call.pcap"),
  "HEP, by sngrep": () => sendAsHep(folder, messages),
  "text, by sngrep": async () => (await saveAsText(folder), file("call.txt")),
  "the message log of SIPp": () => file("uac.log"),
  "tcpdump -A": () => said("tcpdump", "-n", "-A", "-r", "call.pcap"),
  "tcpdump -v -A": () => said("tcpdump", "-n", "-v", "-A", "-r", "call.pcap"),
  "tcpdump -X": () => said("tcpdump", "-n", "-X", "-r", "call.pcap"),
  "ngrep -W byline, with times": () => said("ngrep", "-q", "-I", "call.pcap", "-W", "byline", "-t", ""),
  "ngrep -W byline": () => said("ngrep", "-I", "call.pcap", "-W", "byline", ""),
  ngrep: () => said("ngrep", "-q", "-I", "call.pcap", "-t", ""),
  sipgrep: () => said("sipgrep", "-C", "-P", "1-65535", "-I", "call.pcap"),
  "tshark -V": () => said("tshark", "-V", "-d", "udp.port==1-65535,sip", "-r", "call.pcap"),
  "tshark -V -x": () => said("tshark", "-V", "-P", "-x", "-d", "udp.port==1-65535,sip", "-r", "call.pcap"),
  "tshark -P -x": () => said("tshark", "-P", "-x", "-r", "call.pcap"),
  "tshark -T json": () => said("tshark", "-T", "json", "-r", "call.pcap"),
  "tshark -T jsonraw": () => said("tshark", "-T", "jsonraw", "-r", "call.pcap"),
  "tshark -T ek": () => said("tshark", "-T", "ek", "-r", "call.pcap"),
  "tshark -T pdml": () => said("tshark", "-T", "pdml", "-r", "call.pcap"),
  "tshark -T fields": () => said("tshark", ...fields, "-r", "call.pcap"),
  "tshark follow": () => said("tshark", "-q", "-z", "follow,udp,ascii,0", "-r", "call.pcap"),
};

const fields = "-T fields -e frame.time_epoch -e ip.src -e udp.srcport -e ip.dst -e udp.dstport -e udp.payload".split(
  " ",
);

/** These print no time: whether the phone rang for so long that its own timer made the 486 cannot be told. */
const timeless: ReadonlySet<string> = new Set(["ngrep -W byline", "tshark -T jsonraw", "tshark follow"]);

function summaryOf({ calls }: Report): readonly string[] {
  return calls.flatMap(({ outcome, findings }) => [
    `${outcome.kind} ${outcome.statusCode}`,
    ...findings.map(({ rule, cause, verdict, statusCode }) => [rule, cause, verdict, statusCode].join(" ")),
  ]);
}

describe("one call made by real programs gets the same findings in every form that they give it", () => {
  beforeAll(() => (advice === undefined ? makeBusyCall(folder) : undefined));
  afterAll(() => rmSync(folder, { recursive: true }));

  for (const [form, make] of Object.entries(forms)) {
    if (advice !== undefined && !process.env.CI) {
      test.skip(`${form} (${advice})`, () => {});
      continue;
    }
    test(form, async () => {
      if (advice !== undefined) throw new Error(advice);
      const report = await analyze([{ name: form, bytes: await make() }], { language });
      expect(report.captures[0].messages).toBe(messages);
      const verdict = timeless.has(form) ? "likely" : "certain";
      expect(summaryOf(report)).toEqual(["busy 486", `callee-busy person-busy ${verdict} 486`]);
    });
  }
});
