import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const command = fileURLToPath(new URL("../bin/sipwhy.js", import.meta.url));
const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/captures/${name}`, import.meta.url));
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
      failure(
        "standard input: is neither a capture nor a log with whole SIP messages. Give the capture itself (pcap or pcapng), what `tshark -V -r` prints of it, or a log with the SIP trace switched on.",
      ),
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
    [["--format", "xml", "a"], "--format cannot be xml. It is one of: text, json, markdown, html."],
    [
      ["--fail-on", "nothing", "a"],
      "there is no rule nothing. The report names the rule of each finding; any stands for all of them.",
    ],
    [["--width", "3", "a"], "the width 3 is not a number of columns from 40 to 9999."],
    [["--helpp", "a"], "there is no flag --helpp. sipwhy --help lists them."],
    [["--format=", "a"], "--format needs a value."],
    [["web", "site"], "site is one argument too many."],
    [["486", "600", "603"], "603 is one argument too many."],
    [["--format", "json", "q850", "17", "18"], "18 is one argument too many."],
    [["q850"], "q850 needs a value."],
    [["search"], "search needs a value."],
    ...[["--redact"], ["--fail-on", "any"], ["--call", "1"], ["--format", "html"], ["b.pcap"]].map(
      (more): [string[], string] => [
        ["--follow", "a.pcap", ...more],
        "--follow takes one input, and goes with --format text or json and without --call, --fail-on and --redact.",
      ],
    ),
    [["live", "--rotate-files", "2"], "--rotate-size, --rotate-time and --rotate-files go with --write."],
    [["--lang", "de", "live", "--with", "ngrep"], "--with kann nicht ngrep sein. Möglich sind: tcpdump, dumpcap."],
  ])("%j", (args, line) => {
    expect(sipwhy(args)).toEqual(failure(line));
  });

  test("what is no number is named as it was written", () => {
    expect(sipwhy(["q850", "busy"]).stderr).toMatch(/^sipwhy: busy is no Q\.850 cause/u);
    expect(sipwhy(["warning", "busy"]).stderr).toMatch(/^sipwhy: Warning busy is not registered/u);
  });

  test("a language that is not spoken, with those that are", () => {
    expect(sipwhy(["--lang", "tlh", "a"]).stderr).toMatch(
      /^sipwhy: the language tlh is not spoken here\. It is one of: en\b/u,
    );
  });
});

test("`help` is the help, of `live` too", () => {
  expect(sipwhy(["help"])).toEqual(sipwhy(["--help"]));
  expect(sipwhy(["help", "live"])).toEqual(sipwhy(["live", "--help"]));
  expect(sipwhy(["--lang", "de", "help"])).toEqual(sipwhy(["--help", "--lang", "de"]));
});

describe("a capture", () => {
  const busy = fixture("i-486.pcap");

  test("is explained", () => {
    const { status, stdout, stderr } = sipwhy([fixture("g-502-q850-38.pcap")]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/\n● 502 Bad Gateway: .*\n[^]*Who {6}10\.9\.0\.30:5060[^]*Proof {4}frame 6 [^]*cause=38/u);
  });

  test("comes through standard input as well", () => {
    const { stdout } = sipwhy(["-"], readFileSync(busy));
    const answers = (text: string): string => text.slice(text.indexOf("\n■ 1 busy\n"));
    expect(answers(stdout)).toBe(answers(sipwhy([busy]).stdout));
    expect(stdout).toMatch(/^standard input · 14 frames/u);
    expect(JSON.parse(sipwhy(["--format", "json", "-"], readFileSync(busy)).stdout)).toMatchObject({
      captures: [{ name: "-" }],
    });
  });

  test("ends with status 1 for the rules that --fail-on names", () => {
    expect(sipwhy(["--fail-on", "callee-busy", busy]).status).toBe(1);
    expect(sipwhy(["--fail-on=callee-declined,number-not-found", busy]).status).toBe(0);
    expect(sipwhy(["--fail-on", "any", fixture("a-plain-200.pcap")]).status).toBe(0);
  });

  test("has its messages in JSON and text only with --ladder", () => {
    const call = (...args: string[]): { messages?: unknown[] } =>
      JSON.parse(sipwhy(["--format", "json", ...args, busy]).stdout).calls[0];
    expect(call("--ladder").messages).toHaveLength(14);
    expect(call().messages).toBeUndefined();
    expect(sipwhy(["--ladder", busy]).stdout).toContain("◄ 486 Busy Here ─");
  });

  test("is explained with others, merged by time, and each frame says whose it is", () => {
    const { stdout } = sipwhy([busy, fixture("g-502-q850-38.pcap")]);
    expect(stdout).toMatch(/^2 captures · 35 frames · 25 SIP messages · 2 calls\n/u);
    expect(stdout).toContain("frame 2:6  ");
  });

  test("is explained although another cannot be read, with status 2", () => {
    const { status, stdout, stderr } = sipwhy(["none.pcap", busy]);
    expect([status, stderr]).toEqual([2, "sipwhy: none.pcap: there is no such file.\n"]);
    expect(stdout).toContain("486 Busy Here");
  });

  test("called 502 or codes is explained, not looked up", () => {
    for (const name of ["502", "codes"]) {
      copyFileSync(busy, join(folder, name));
      expect(sipwhy([name]).stdout).toContain(`${name} · 14 frames`);
      rmSync(join(folder, name));
    }
  });

  test("is printed without colour to a file, with colour when asked", () => {
    expect(sipwhy([busy]).stdout).not.toContain("\x1b");
    expect(sipwhy(["--color", "always", busy]).stdout).toContain("\x1b[33m486 Busy Here\x1b[0m");
  });

  test("a reader who goes away early is no error", () => {
    const shell = `"${process.execPath}" "${command}" --format json --ladder "${fixture("p-baresip-register-call-rtp.pcap")}" | head -c 1`;
    expect(spawnSync("sh", ["-c", shell], { encoding: "utf8" })).toMatchObject({ status: 0, stdout: "{", stderr: "" });
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

describe("TLS keys", () => {
  const tls = (name: string): string => fileURLToPath(new URL(`../../../fixtures/tls/${name}`, import.meta.url));

  test("open what is encrypted, and are not printed", () => {
    const { status, stdout, stderr } = sipwhy(["--keylog", tls("tls13-psk.keys"), "--ladder", tls("tls13-psk.pcap")]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("12 SIP messages");
    for (const secret of readFileSync(tls("tls13-psk.keys"), "utf8").match(/[0-9a-f]{64,}/g)!)
      expect(stdout).not.toContain(secret.slice(0, 16));
  });

  test("a file without any, or that cannot be read, is an error, and what it says is not repeated", () => {
    writeFileSync(join(folder, "keys"), "s3cret\n");
    expect(sipwhy(["--keylog", "keys", tls("tls13-psk.pcap")])).toEqual(
      failure("keys: no line of it is one of a TLS key log, such as CLIENT_RANDOM."),
    );
    expect(sipwhy(["--keylog", "nowhere", tls("tls13-psk.pcap")])).toEqual(failure("nowhere: there is no such file."));
  });
});

describe("passwords", () => {
  const capture = fixture("h1-407-wrong-password-loop.pcap");
  const causeWith = (line: string): { cause: string; verdict: string; printed: string } => {
    writeFileSync(join(folder, "credentials"), line);
    const { stdout, stderr } = sipwhy(["--credentials", "credentials", "--format", "json", capture]);
    const [{ cause, verdict }] = JSON.parse(stdout).calls.flatMap((call: { findings: unknown[] }) => call.findings);
    return { cause, verdict, printed: stdout + stderr };
  };

  test("the password of the account proves that the phone uses another one, and is not printed", () => {
    const { cause, verdict, printed } = causeWith("1001,sip.example.test,s3cret\n");
    expect([cause, verdict]).toEqual(["proven-wrong-password", "certain"]);
    expect(printed).not.toContain("s3cret");
  });

  test("the password that the phone has rules a wrong password out", () => {
    const { cause, verdict } = causeWith("1001,sip.example.test,wrong\n");
    expect([cause, verdict]).toEqual(["proven-right-password", "certain"]);
  });

  test("the password of somebody else changes nothing", () => {
    const { cause, verdict } = causeWith("1002,sip.example.test,s3cret\n");
    expect([cause, verdict]).toEqual(["wrong-password-or-user", "likely"]);
  });

  test("a file of credentials that cannot be used is an error, and what it says is not repeated", () => {
    writeFileSync(join(folder, "credentials"), "s3cret\n");
    expect(sipwhy(["--credentials", "credentials", capture])).toEqual(
      failure("credentials, line 1: not user,realm,password."),
    );
    expect(sipwhy(["--credentials", "nowhere", capture])).toEqual(failure("nowhere: there is no such file."));
  });
});
