import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import type { Readable } from "node:stream";
import type { CaptureProgram, CaptureRequest } from "./captureProgram.ts";
import { type Drops, readDrops } from "./drops.ts";

/** How a capturing program ended. */
export interface CaptureEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Whatever it prints, no more than this is remembered. */
const messageCharacters = 8192;
const stopMillis = 5000;

/** A tcpdump or dumpcap that runs, in a process group of its own: Ctrl-C is for us, and we end it in order. */
export class CaptureChild {
  readonly program: CaptureProgram;
  readonly path: string;
  /** Fulfilled when it has ended and everything that it wrote was read. */
  readonly ended: Promise<CaptureEnd>;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #canBeAsked: boolean;
  #text = "";
  #drops: Drops | undefined;
  #failure: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(program: CaptureProgram, path: string, request: CaptureRequest, onBytes: (bytes: Uint8Array) => void) {
    this.program = program;
    this.path = path;
    this.#canBeAsked = program.name === "tcpdump" && tellsWhenAsked(path);
    this.#child = spawn(path, program.args(request), {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, LC_ALL: "C" },
    });
    this.#child.stdout.on("data", onBytes);
    this.#child.stderr.on("data", (chunk: Buffer) => this.#read(chunk.toString("utf8")));
    this.ended = new Promise((resolve) => {
      this.#child.once("error", (error) => {
        this.#failure = error.message;
        resolve({ status: null, signal: null });
      });
      this.#child.once("close", (status, signal) => resolve({ status, signal }));
    }).then((end) => {
      clearTimeout(this.#timer);
      return end as CaptureEnd;
    });
  }

  /** What it said last about packets that were lost. */
  get drops(): Drops | undefined {
    return this.#drops;
  }

  /** Its own words, the banner and the numbers taken out. */
  get message(): string {
    const lines = (this.#failure ?? this.#text).split("\n").map((line) => line.trim());
    return lines.filter((line) => line !== "" && !isRoutine(line)).join("\n");
  }

  /** Asks for the numbers while it goes on; they are read when they come. */
  askForDrops(): void {
    if (this.#canBeAsked && this.#child.exitCode === null) this.#child.kill("SIGUSR1");
  }

  /** Lets it end in order, so that it hands on what it has and says what it lost; after some seconds without asking. */
  stop(): void {
    if (this.#timer !== undefined || this.#child.exitCode !== null) return;
    this.#child.kill("SIGINT");
    this.#timer = setTimeout(() => this.kill(), stopMillis);
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #read(text: string): void {
    this.#text = (this.#text + text).slice(-messageCharacters);
    this.#drops = readDrops(this.#text) ?? this.#drops;
  }
}

/** Older ones end when they get the signal. */
function tellsWhenAsked(path: string): boolean {
  const { stdout, stderr } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 2000 });
  const version = /tcpdump version (\d{1,4})\.(\d{1,4})/u.exec(`${stdout}\n${stderr}`);
  if (version === null) return false;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return process.platform === "linux" && (major > 4 || (major === 4 && minor >= 9));
}

function isRoutine(line: string): boolean {
  return (
    /listening on |^Capturing on |^File: |^Packets(?: captured:|:| received\/dropped)/u.test(line) ||
    /^(?:tcpdump: )?\d+ packets? /u.test(line) ||
    line.startsWith("tcpdump: data link type ") ||
    line.startsWith("tcpdump: WARNING: any: ")
  );
}
