import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { unzstd } from "../packages/cli/src/unzstd.ts";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { missingPeers } from "./peers.ts";
import { root } from "./sources.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-containers-"));
afterAll(() => rmSync(folder, { recursive: true }));

const captures = ["i-486.pcap", "r-pcapng-486.pcapng", "x-refer.tcpdump-A.txt"];
const programs = ["tar", "gzip", "zstd", "pzstd", "zip", "xxd", "hexdump"];
const advice = missingPeers(programs);

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd: folder, stdio: "ignore" });
}

async function explain(...names: string[]): Promise<Report> {
  const inputs = names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  return analyze(inputs, { language, unzstd });
}

/** What the report says of calls, frames told by the capture they are in. */
function told({ captures: read, calls }: Report): unknown {
  return calls.map(({ outcome, findings, startTime }) => [
    startTime,
    outcome,
    findings.map(({ rule, cause, evidence }) => [
      rule,
      cause,
      evidence.map(({ capture, frame }) => `${read[capture].name.replace(/^.*\/|\.zst$/gu, "")} ${frame}`),
    ]),
  ]);
}

describe.skipIf(advice !== undefined && !process.env.CI)(
  `captures packed by real programs (${advice ?? programs.join(", ")})`,
  () => {
    beforeAll(() => {
      if (advice !== undefined) throw new Error(advice);
      for (const name of captures) copyFileSync(join(root, "fixtures/captures", name), join(folder, name));
      writeFileSync(
        join(folder, "noise.bin"),
        Uint8Array.from({ length: 3000 }, (_, index) => index % 256),
      );
    });

    test.for([
      ["all.tar", "tar", "cf", "all.tar"],
      ["pax.tar", "tar", "--format=pax", "-cf", "pax.tar"],
      ["ustar.tar", "tar", "--format=ustar", "-cf", "ustar.tar"],
      ["v7.tar", "tar", "--format=v7", "-cf", "v7.tar"],
      ["all.tar.gz", "tar", "czf", "all.tar.gz"],
      ["all.tar.zst", "tar", "--zstd", "-cf", "all.tar.zst"],
      ["all.zip", "zip", "-q", "all.zip"],
      ["stored.zip", "zip", "-q", "-0", "stored.zip"],
    ] as const)("%s says the same as its files given one by one", async ([name, program, ...args]) => {
      run(program, ...args, ...captures, "noise.bin");
      const report = await explain(name);
      expect(report.captures.map(({ name: shown, container }) => [shown, container])).toEqual(
        captures.map((capture) => [`${name}/${capture}`, name]),
      );
      expect(report.captures[0].incidents.map(({ kind, count }) => [kind, count])).toContainEqual([
        "members-skipped",
        1,
      ]);
      expect(told(report)).toEqual(told(await explain(...captures)));
    });

    test.for([
      ["zstd", ["-q", "-f", "-k", "i-486.pcap", "-o", "i-486.pcap.zst"]],
      ["pzstd", ["-q", "-f", "-k", "-p", "2", "i-486.pcap", "-o", "i-486.pcap.zst"]],
    ] as const)("%s of one capture", async ([program, args]) => {
      run(program, ...args);
      const report = await explain("i-486.pcap.zst");
      expect(told(report)).toEqual(told(await explain("i-486.pcap")));
      expect(report.captures).toMatchObject([{ name: "i-486.pcap.zst", format: "pcap", incidents: [] }]);
    });

    test.for([
      ["base64", "i-486.pcap", "base64 i-486.pcap"],
      ["base64 in one line", "r-pcapng-486.pcapng", "base64 -w0 r-pcapng-486.pcapng"],
      ["base64 of what is packed", "i-486.pcap", "gzip -c i-486.pcap | base64"],
      ["xxd", "i-486.pcap", "xxd i-486.pcap"],
      ["xxd -p", "i-486.pcap", "xxd -p i-486.pcap"],
      ["hexdump -C", "i-486.pcap", "hexdump -C i-486.pcap"],
      ["od", "i-486.pcap", "od -A x -t x1z i-486.pcap"],
      ["the prompt before it", "i-486.pcap", "echo '$ xxd i-486.pcap'; xxd i-486.pcap"],
      ["a data URL", "i-486.pcap", "printf data:application/octet-stream\\;base64,; base64 -w0 i-486.pcap"],
    ] as const)("a capture written as text to be pasted: %s", async ([, capture, command]) => {
      writeFileSync(join(folder, "pasted.txt"), execFileSync("sh", ["-c", command], { cwd: folder }));
      const findings = async (name: string): Promise<unknown> => {
        const { captures: read, calls } = await explain(name);
        const found = calls.map((call) => call.findings.map(({ rule, cause, verdict }) => [rule, cause, verdict]));
        return [read.map(({ format, frames, incidents }) => [format, frames, incidents]), found];
      };
      expect(await findings("pasted.txt")).toEqual(await findings(capture));
    });

    test("lines that a dump leaves out because they are alike are there", async () => {
      const capture = readFileSync(join(folder, "i-486.pcap"));
      // Another record, of zeros: what is no packet of IP is passed over.
      const zeros = new Uint8Array(16 + 400);
      new DataView(zeros.buffer).setUint32(8, 400, true);
      new DataView(zeros.buffer).setUint32(12, 400, true);
      writeFileSync(join(folder, "zeros.pcap"), Buffer.concat([capture, zeros]));
      run("sh", "-c", "hexdump -C zeros.pcap > zeros.txt");
      expect(readFileSync(join(folder, "zeros.txt"), "utf8")).toContain("\n*\n");
      const [{ frames, incidents }] = (await explain("zeros.txt")).captures;
      expect([frames, incidents.map(({ kind }) => kind)]).toEqual([15, ["clock-stepped"]]);
    });

    test("a cut zstd gives what there is and says so", async () => {
      const large = Buffer.concat(Array.from({ length: 60 }, () => readFileSync(join(folder, "r-pcapng-486.pcapng"))));
      writeFileSync(join(folder, "large.pcapng"), large);
      run("zstd", "-q", "-f", "-k", "--no-check", "large.pcapng", "-o", "whole.zst");
      const whole = readFileSync(join(folder, "whole.zst"));
      writeFileSync(join(folder, "cut.zst"), whole.subarray(0, whole.length - 20));
      expect((await explain("cut.zst")).captures[0].incidents.map(({ kind }) => kind)).toContain("file-cut");
    });

    test("an archive in an archive, and a sparse file that cannot be read", async () => {
      run("gzip", "-k", "-f", "i-486.pcap");
      run("tar", "cf", "inner.tar", "i-486.pcap.gz");
      run("truncate", "-s", "5M", "sparse.pcap");
      run("tar", "--sparse", "-czf", "outer.tgz", "inner.tar", "sparse.pcap");
      const report = await explain("outer.tgz");
      expect(report.captures).toMatchObject([{ name: "outer.tgz/inner.tar/i-486.pcap.gz", container: "outer.tgz" }]);
      expect(report.captures[0].incidents.map(({ kind }) => kind)).toEqual(["members-skipped"]);
      expect(report.totals.calls).toBe(1);
    });

    test("a zip with a password says so", async () => {
      run("zip", "-q", "-P", "secret", "secret.zip", "i-486.pcap");
      const [capture] = (await explain("secret.zip")).captures;
      expect(capture.format).toBe("unknown");
      expect(capture.incidents[0].text).toContain("zip with a password");
    });

    test("a zip of whatever bytes neither throws nor hangs", async () => {
      run("zip", "-q", "small.zip", "i-486.pcap");
      const zip = readFileSync(join(folder, "small.zip"));
      for (let at = 0; at < zip.length; at += Math.max(1, Math.floor(zip.length / 400))) {
        const changed = new Uint8Array(zip);
        changed[at] ^= 0xff;
        const report = await analyze([{ name: "x", bytes: changed }], { language });
        expect(report.captures.length).toBeGreaterThan(0);
      }
      for (const length of [0, 21, 100, zip.length - 30, zip.length - 1]) {
        await analyze([{ name: "x", bytes: new Uint8Array(zip.subarray(0, length)) }], { language });
      }
    });
  },
);
