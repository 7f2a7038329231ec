import type { Report } from "@sipwhy/core";
import { language } from "@sipwhy/core/language/en";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { answeredCall, busyCall, failedCall, reportOf } from "../../core/src/view/report.fixture.ts";
import { analyzeInputs } from "./analysis.ts";
import type { SipwhyContext } from "./context.ts";
import { explain } from "./explain.ts";
import type { Flags } from "./flags.ts";

vi.mock("./analysis.ts");

const file = fileURLToPath(import.meta.url);

async function run(
  report: Report,
  flags: Flags = {},
  names: readonly string[] = [file],
): Promise<{ status: number; out: string; errors: string }> {
  vi.mocked(analyzeInputs).mockResolvedValue(report);
  let out = "";
  let errors = "";
  const stdout = { write: (text: string) => (out += text) !== "" };
  const stderr = { write: (text: string) => void (errors += text) };
  const context = { process: { stdout, stderr, stdin: [], env: {} }, language } as unknown as SipwhyContext;
  return { status: await explain(context, flags, names), out, errors };
}

describe("the exit status", () => {
  test("is 0 with findings, when nobody asked to fail on them", async () => {
    expect((await run(reportOf([failedCall]))).status).toBe(0);
  });

  test("is 1 for a finding of the rule asked for, or of any", async () => {
    expect(
      (await run(reportOf([failedCall]), { failOn: ["callee-busy", "gateway-destination-out-of-order"] })).status,
    ).toBe(1);
    expect((await run(reportOf([failedCall]), { failOn: ["any"] })).status).toBe(1);
  });

  test("is 0 when no such finding is there", async () => {
    expect((await run(reportOf([failedCall]), { failOn: ["callee-busy"] })).status).toBe(0);
    expect((await run(reportOf([answeredCall]), { failOn: ["any"] })).status).toBe(0);
  });

  test("counts findings about the captures and those that --only hides, not those of other calls than --call", async () => {
    const calls = [answeredCall, busyCall];
    expect((await run(reportOf([answeredCall], { findings: failedCall.findings }), { failOn: ["any"] })).status).toBe(
      1,
    );
    expect((await run(reportOf(calls), { failOn: ["callee-busy"], only: "failed" })).status).toBe(1);
    expect((await run(reportOf(calls), { failOn: ["callee-busy"], call: "2" })).status).toBe(0);
  });
});

describe("the output", () => {
  test("is text, JSON or Markdown", async () => {
    expect((await run(reportOf([failedCall]))).out).toContain("● 502 Bad Gateway");
    expect(JSON.parse((await run(reportOf([failedCall]), { format: "json" })).out)).toEqual(reportOf([failedCall]));
    expect((await run(reportOf([failedCall]), { format: "markdown" })).out).toContain("## ● 502 Bad Gateway");
  });

  test("has colour and width as asked", async () => {
    const { out } = await run(reportOf([failedCall]), { color: "always", width: 60 });
    expect(out).toContain("\x1b[31m");
    expect(
      Math.max(
        ...out
          .replace(/\x1b\[\d*m/gu, "")
          .split("\n")
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(60);
  });

  test("is redacted on request, in every format, and says what was replaced", async () => {
    for (const format of ["text", "json", "markdown", "html"] as const) {
      const { out, errors } = await run(reportOf([failedCall]), { format, redact: true });
      expect(out).not.toMatch(/10\.9\.0|alice|4930123456|example\.org/u);
      expect(errors).toMatch(/^Replaced: .*\b1 number\b/u);
    }
    const one = await run(reportOf([failedCall, busyCall]), { redact: true, call: "busy@10.9.0.10" });
    expect(one.out).toContain("486 Busy Here");
  });

  test("asks for the messages only when the ladder needs them", async () => {
    await run(reportOf([failedCall]), { ladder: true });
    expect(vi.mocked(analyzeInputs).mock.lastCall?.[1].messages).toBe(true);
    await run(reportOf([failedCall]));
    expect(vi.mocked(analyzeInputs).mock.lastCall?.[1].messages).toBe(false);
  });

  test("is nothing but an error when no call has the id", async () => {
    expect(await run(reportOf([failedCall]), { call: "9" })).toEqual({
      status: 2,
      out: "",
      errors: "sipwhy: no call has the id or Call-ID 9.\n",
    });
  });
});

describe("of several inputs", () => {
  test("the readable ones are explained and the others named, with status 2", async () => {
    const { status, out, errors } = await run(reportOf([failedCall]), {}, ["none.pcap", file]);
    expect([status, errors]).toEqual([2, "sipwhy: none.pcap: there is no such file.\n"]);
    expect(out).toContain("502 Bad Gateway");
    expect(vi.mocked(analyzeInputs).mock.lastCall?.[0].map(({ name }) => name)).toEqual([file]);
  });

  test("one that is no capture is named", async () => {
    const [capture] = reportOf([]).captures;
    const report = reportOf([], { captures: [{ ...capture, format: "unknown" }] });
    expect(await run(report)).toEqual({
      status: 2,
      out: "",
      errors: `sipwhy: ${file}: is neither a capture nor a log with whole SIP messages. Give the capture itself (pcap or pcapng), what \`tshark -V -r\` prints of it, or a log with the SIP trace switched on.\n`,
    });
  });
});
