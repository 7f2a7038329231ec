import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const command = fileURLToPath(new URL("../bin/sipwhy.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sipwhy-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command with an environment that says nothing about language or colour. */
function sipwhy(args: readonly string[], input: string | Buffer = "", env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    input,
    encoding: "utf8",
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, stdout, stderr };
}

const failure = (line: string): Ended => ({ status: 2, stdout: "", stderr: `sipwhy: ${line}\n` });

describe("an input that cannot be read ends with status 2 and one line that says why", () => {
  test("a file that is not there", () => {
    expect(sipwhy(["none.pcap"])).toEqual(failure("none.pcap: there is no such file."));
  });

  test("a folder", () => {
    expect(sipwhy([folder])).toEqual(failure(`${folder}: this is a folder, not a capture.`));
  });

  test("nothing on standard input", () => {
    expect(sipwhy(["-"])).toEqual(failure("standard input: is empty."));
  });

  test("an empty file", () => {
    writeFileSync(join(folder, "empty.pcap"), "");
    expect(sipwhy(["empty.pcap"])).toEqual(failure("empty.pcap: is empty."));
  });

  test("bytes that are no capture", () => {
    expect(sipwhy(["-"], Buffer.alloc(5000, 0x80))).toEqual(
      failure("standard input: is not a capture that sipwhy can read."),
    );
  });

  test("a name that would act on the terminal is shown, not obeyed", () => {
    expect(sipwhy(["a\x1b[2J"]).stderr).toBe("sipwhy: a\\x1b[2J: there is no such file.\n");
  });

  test("each of several files has its line", () => {
    expect(sipwhy(["none.pcap", folder]).stderr.split("\n")).toHaveLength(3);
  });
});

describe("a command line that cannot be read ends with status 2 and one line that says why", () => {
  test.each([
    [[], "no capture named. Give a file, or - for standard input; sipwhy --help tells more."],
    [["--formt", "json", "a"], "there is no flag --formt. Did you mean --format?"],
    [["--format", "xml", "a"], "--format cannot be xml. It is one of: text, json, markdown."],
    [
      ["--fail-on", "nothing", "a"],
      "there is no rule nothing. The report names the rule of each finding; any stands for all of them.",
    ],
    [["--width", "3", "a"], "the width 3 is not a number of columns from 40 to 9999."],
  ])("%j", (args, line) => {
    expect(sipwhy(args)).toEqual(failure(line));
  });

  test("a language that is not spoken, with those that are", () => {
    expect(sipwhy(["--lang", "tlh", "a"]).stderr).toMatch(
      /^sipwhy: the language tlh is not spoken here\. It is one of: en\b/u,
    );
  });
});

test("the help fits 80 columns and names every flag", () => {
  const { status, stdout } = sipwhy(["--help"]);
  expect(status).toBe(0);
  for (const flag of ["--format", "--call", "--only", "--ladder", "--fail-on", "--lang", "--color", "--width"])
    expect(stdout).toContain(flag);
  for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
});

test("the version is that of the package", () => {
  expect(sipwhy(["--version"])).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/u),
    stderr: "",
  });
});
