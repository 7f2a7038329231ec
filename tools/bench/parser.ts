// npm run bench:parser -- [--rounds NUMBER] [--seconds NUMBER]
// The parser alone, on one core, beside other SIP parsers on the same messages: those of fixtures/captures. Prints a Markdown table.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./median.ts";
import { captureMessages, withOwnCalls } from "./parser/captureMessages.ts";
import { writeMessages } from "./parser/messageFile.ts";
import { type ParserProgram, parserPrograms, runProgram } from "./parser/parserProgram.ts";
import { REFERENCE } from "./parser/parsers.ts";
import type { RunResult } from "./parser/parserUnderTest.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, seconds: { type: "string", default: "2" } },
});
const COPIES = 16;
const root = fileURLToPath(new URL("../../", import.meta.url));
const millis = Number(values.seconds) * 1000;
const messages = captureMessages(join(root, "fixtures/captures"));
const folder = mkdtempSync(join(tmpdir(), "sipwhy-parsers-"));
try {
  const path = join(folder, "messages");
  writeMessages(path, withOwnCalls(messages, COPIES), messages.length);
  const { version } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8")) as { version: string };
  const programs = parserPrograms(folder, version);
  const results = runInTurn(programs, path);
  console.log(describe());
  console.log(table(results));
} finally {
  rmSync(folder, { recursive: true });
}

/** One run of each after the other, so that a slow minute of the machine hits all of them. */
function runInTurn(programs: readonly ParserProgram[], path: string): ReadonlyMap<ParserProgram, readonly RunResult[]> {
  const results = new Map<ParserProgram, RunResult[]>(programs.map((program) => [program, []]));
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const [program, runs] of results) {
      const result = runProgram(program, path, [String(millis), String(millis)]);
      runs.push(result);
      console.error(`round ${round} of ${values.rounds}: ${program.name} ${speed(result).toFixed(0)} messages/s`);
    }
  }
  return results;
}

/** Of a second of the processor. */
function speed({ messages: parsed, seconds }: RunResult): number {
  return parsed / seconds;
}

function describe(): string {
  const bytes = messages.reduce((sum, { length }) => sum + length, 0);
  const processor = cpus()[0]?.model.trim() || "unknown processor";
  return [
    `${count(messages.length)} messages, ${count(bytes / messages.length)} bytes on average, ${COPIES} times with Call-IDs, branches and tags of their own.`,
    `Messages in a second of the processor, median of ${values.rounds} runs, spread from slowest to fastest. ${processor}, Node ${process.versions.node}.`,
    "",
  ].join("\n");
}

function table(results: ReadonlyMap<ParserProgram, readonly RunResult[]>): string {
  const reference = [...results].find(([{ name }]) => name === REFERENCE)![1];
  const rows = [...results].map(([program, runs]) => row(program, runs, reference));
  const heading = `| parser | version | what it does | messages/s | spread | against ${REFERENCE} | refused | sum of CSeq |`;
  return [heading, "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |", ...rows].join("\n");
}

function row(
  { name, version, does }: ParserProgram,
  runs: readonly RunResult[],
  reference: readonly RunResult[],
): string {
  const speeds = runs.map(speed).toSorted((a, b) => a - b);
  const ratio = median(speeds) / median(reference.map(speed));
  const spread = `${count(speeds[0])}–${count(speeds.at(-1)!)}`;
  const cells = [name, version, does, count(median(speeds)), spread, `${ratio.toFixed(2)} ×`, runs[0].refused];
  return `| ${[...cells, count(runs[0].cseqs)].join(" | ")} |`;
}

function count(number: number): string {
  return new Intl.NumberFormat("en", { maximumFractionDigits: 0 }).format(number);
}
