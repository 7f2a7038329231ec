import { fileURLToPath } from "node:url";

/** A program that is measured on the same file as ours. */
export interface BenchProgram {
  readonly name: string;
  readonly program: string;
  readonly args: (file: string) => readonly string[];
  /** How to ask for its version; its first number is printed. */
  readonly versionArgs: readonly string[];
  /** What it does with the file in that time. */
  readonly does: string;
}

const command = fileURLToPath(new URL("../../packages/cli/bin/sipwhy.js", import.meta.url));

export const ours: BenchProgram = {
  name: "sipwhy",
  program: process.execPath,
  args: (file) => [command, file],
  versionArgs: [command, "--version"],
  does: "explains every call: outcome, who answered, why, evidence, what to do",
};

export const peers: readonly BenchProgram[] = [
  {
    name: "tshark -q -z sip,stat",
    program: "tshark",
    args: (file) => ["-q", "-z", "sip,stat", "-r", file],
    versionArgs: ["--version"],
    does: "dissects every packet, counts methods and status codes",
  },
  {
    name: "sngrep -N -q",
    program: "sngrep",
    args: (file) => ["-N", "-q", "-I", file],
    versionArgs: ["--version"],
    does: "groups messages by Call-ID, keeps them in memory, prints nothing",
  },
  {
    name: "sipgrep",
    program: "sipgrep",
    args: (file) => ["-C", "-I", file],
    versionArgs: ["-V"],
    does: "prints every message",
  },
  {
    name: "tcpdump -nr",
    program: "tcpdump",
    args: (file) => ["-nr", file],
    versionArgs: ["--version"],
    does: "prints one line for each packet with the start line of SIP",
  },
];
