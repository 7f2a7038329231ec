import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { afterAll, describe, expect, test } from "vitest";
import { Analysis, type AnalysisOptions } from "../packages/core/src/diagnosis/analysis.ts";
import { analyze } from "../packages/core/src/diagnosis/analyze.ts";
import type { JudgePort, ToJudge } from "../packages/core/src/diagnosis/judge/judgePort.ts";
import { serveJudge } from "../packages/core/src/diagnosis/judge/serveJudge.ts";
import type { DigestFunction } from "../packages/core/src/diagnosis/passwordProof.ts";
import { spaceOf } from "../packages/core/src/bytes/space.fixture.ts";
import type { Space } from "../packages/core/src/bytes/space.ts";
import type { Report } from "../packages/core/src/diagnosis/report.ts";
import { readRuleFixture, type RuleCase } from "../packages/core/src/diagnosis/ruleFixture.fixture.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { htmlView, jsonView, markdownView, textView, toldAlike } from "../packages/core/src/view/index.ts";
import { makeCapture } from "../tools/bench/makeCapture.ts";
import { capturesFolder } from "./explain.ts";
import { root } from "./sources.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-threads-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rulesFolder = join(root, "packages/core/src/diagnosis/rules");
const ruleFixtures = readdirSync(rulesFolder).filter((name) => name.endsWith(".fixture.md"));
const captures = readdirSync(capturesFolder).filter((name) => !/\.(md|json)$/.test(name));

describe("judging in another thread changes nothing in the report of", () => {
  test.each(captures)("%s", async (name) => {
    expect.hasAssertions();
    const bytes = new Uint8Array(readFileSync(join(capturesFolder, name)));
    await expectTheSame((analysis) => analysis.push(0, bytes));
  });

  test.each(ruleFixtures)("%s", async (name) => {
    expect.hasAssertions();
    for (const each of readRuleFixture(readFileSync(join(rulesFolder, name), "utf8")))
      await expectTheSame((analysis) => replay(analysis, each), each.credentials);
  });

  test("a generated capture of many calls, whose batches come back while it is read", async () => {
    const path = join(folder, "calls.pcap");
    makeCapture({ path, sizeBytes: 4e6, seed: 1 });
    const bytes = new Uint8Array(readFileSync(path));
    const alone = new Analysis({ language, names: ["capture"] });
    alone.push(0, bytes);
    const together = new Analysis({ language, names: ["capture"], judgePort: startThread(undefined) });
    for (let at = 0; at < bytes.length; at += 65_536) {
      together.push(0, bytes.subarray(at, at + 65_536));
      await together.ready();
      if (at % 262_144 === 0) await new Promise(setImmediate);
    }
    expect(jsonView(await together.finishLater())).toBe(jsonView(alone.finish()));
  });
});

test("the text of many calls is the same where of those that are alike only as many are told whole as it shows", async () => {
  const path = join(folder, "alike.pcap");
  makeCapture({ path, sizeBytes: 4e6, seed: 2 });
  const bytes = new Uint8Array(readFileSync(path));
  const read = (options: Partial<AnalysisOptions>): Analysis => {
    const analysis = new Analysis({ language, names: ["capture"], ...options });
    analysis.push(0, bytes);
    return analysis;
  };
  const expected = textView(read({}).finish(), { language });
  const few = { toldAlike: toldAlike({}), recordSpace: spaceOf(1e6) };
  const alone = read(few).finish();
  expect(textView(alone, { language })).toBe(expected);
  const together = await read({ ...few, judgePort: startThread(undefined) }).finishLater();
  expect(textView(together, { language })).toBe(expected);
  expect(() => jsonView(alone)).toThrow("only its shape was kept");
});

describe("a chunk that is said to be spare may be written over while reading", () => {
  test.each(captures)("%s", async (name) => {
    const bytes = new Uint8Array(readFileSync(join(capturesFolder, name)));
    const expected = new Analysis({ language, names: ["capture"], messages: true });
    expected.push(0, bytes);
    const { report } = await readOverwriting(bytes, 1500);
    expect(views(report)).toEqual(views(expected.finish()));
  });

  test("a generated capture of many calls over UDP, of which every chunk is spare", async () => {
    const path = join(folder, "spare.pcap");
    makeCapture({ path, sizeBytes: 1e6, seed: 1 });
    const bytes = new Uint8Array(readFileSync(path));
    const { spare, chunks } = await readOverwriting(bytes, 65_536);
    expect(spare).toBe(chunks);
  });

  test.each(["k-tcp-segments.pcap", "l-udp-fragmented-invite.pcap", "y-sctp-call.pcap"])(
    "no chunk is of %s",
    async (name) => {
      const bytes = new Uint8Array(readFileSync(join(capturesFolder, name)));
      const { spare } = await readOverwriting(bytes, bytes.length);
      expect(spare).toBe(0);
    },
  );
});

/** Reads in chunks of this length, and writes over each that nobody is said to look at any more. */
async function readOverwriting(bytes: Uint8Array, length: number): Promise<Overwritten> {
  const judgePort = startThread(undefined);
  const analysis = new Analysis({ language, names: ["capture"], messages: true, judgePort });
  let [spare, chunks] = [0, 0];
  for (let at = 0; at < bytes.length; at += length, chunks++) {
    const chunk = bytes.slice(at, at + length);
    if (!analysis.push(0, chunk)) continue;
    chunk.fill(0x5a);
    spare++;
  }
  return { report: await analysis.finishLater(), spare, chunks };
}

interface Overwritten {
  readonly report: Report;
  readonly spare: number;
  readonly chunks: number;
}

test("what goes wrong in the other thread is told to whoever waits for the report", async () => {
  const port: JudgePort = {
    post: () => undefined,
    listen: ({ onError }) => void setImmediate(() => onError(new Error("out of memory"))),
    close: () => undefined,
  };
  const analysis = new Analysis({ language, names: ["capture"], judgePort: port });
  await expect(analysis.finishLater()).rejects.toThrow("out of memory");
});

test("the other thread is let go when a capture cannot be read on", async () => {
  let closed = false;
  const judgePort: JudgePort = {
    post: () => undefined,
    listen: () => undefined,
    close: () => void (closed = true),
  };
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(readFileSync(join(capturesFolder, captures[0])));
    throw new Error("the disk is gone");
  }
  await expect(analyze([{ name: "capture", bytes: broken() }], { language, judgePort })).rejects.toThrow(
    "the disk is gone",
  );
  expect(closed).toBe(true);
});

async function expectTheSame(
  feed: (analysis: Analysis) => void,
  credentials: AnalysisOptions["credentials"] = [],
): Promise<void> {
  const report = async (options: Pick<AnalysisOptions, "judgePort" | "recordSpace">): Promise<Report> => {
    const common = { language, names: ["capture"], messages: true, credentials, digest: md5 };
    const analysis = new Analysis({ ...common, ...options });
    feed(analysis);
    return analysis.finishLater();
  };
  const expected = await report({});
  expect(views(await report({ judgePort: startThread(md5) }))).toEqual(views(expected));
  expect(views(await report({ judgePort: startThread(md5), recordSpace: noSpace }))).toEqual(views(expected));
}

function views(report: Report): string[] {
  const options = { language, ladder: true };
  return [jsonView(report), textView(report, options), markdownView(report, options), htmlView(report, options)];
}

/** Nothing comes here that fits into memory. */
const noSpace: Space = {
  write: () => false,
  read: () => new Uint8Array(0),
};

function replay(analysis: Analysis, { packets, events, observedUntilMicros }: RuleCase): void {
  for (const event of events) analysis.pushEvent(event);
  for (const packet of packets) analysis.pushPacket(packet);
  analysis.observe(observedUntilMicros);
}

/** All that a thread does, without one: messages are copied and buffers handed over as between threads. */
function startThread(digest: DigestFunction | undefined): JudgePort {
  const { port1, port2 } = new MessageChannel();
  const serve = serveJudge((message, buffers) => port2.postMessage(message, [...buffers]), digest);
  port2.on("message", (message: ToJudge) => serve(message));
  return {
    post: (message, buffers) => port1.postMessage(message, [...buffers]),
    listen: ({ onMessage }) => void port1.on("message", onMessage),
    close: () => port1.close(),
  };
}

function md5(_algorithm: string, data: string | Uint8Array): string {
  return createHash("md5").update(data).digest("hex");
}
