import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until, watch } from "./actor.ts";
import type { Network } from "./network.ts";

/**
 * A datagram that says "all that was before me is in the file". It stays in the capture, as its last frame: without it nothing would
 * show how long the network was silent.
 */
const endMark = "end of the capture";

/** tcpdump on the bridge, where everything between the hosts passes. */
export class BridgeCapture {
  readonly #network: Network;
  readonly #file: string;
  readonly #ended: Promise<unknown>;
  readonly #output: () => string;
  readonly #interrupt: () => void;

  private constructor(
    network: Network,
    file: string,
    { ended, output, interrupt }: { ended: Promise<unknown>; output: () => string; interrupt: () => void },
  ) {
    this.#network = network;
    this.#file = file;
    this.#ended = ended;
    this.#output = output;
    this.#interrupt = interrupt;
  }

  static async start(network: Network, folder: string): Promise<BridgeCapture> {
    const file = join(folder, "capture.pcap");
    // The kernel keeps room for so many bytes of each packet, whatever it has: a thousand wait for tcpdump on a busy machine, and not thirty.
    const args = ["-i", "bridge", "-s", "16000", "-B", "32768", "-U", "--immediate-mode", "-Z", "root", "-w", file];
    const child = network.start("hub", "tcpdump", args);
    const { output } = watch(child, "tcpdump");
    await until(() => output().includes("listening on"), "tcpdump listens");
    const ended = once(child, "close");
    return new BridgeCapture(network, file, { ended, output, interrupt: () => child.kill("SIGINT") });
  }

  /**
   * Ends the capture once all that was sent before is in it.
   * @throws Error where packets were lost on a busy machine
   */
  async finish(): Promise<Uint8Array> {
    this.#network.start("caller", "bash", ["-c", `printf '${endMark}' > /dev/udp/10.9.0.20/9`]);
    await until(() => statSync(this.#file).size > 24 && readFileSync(this.#file).includes(endMark), "the end mark");
    this.#interrupt();
    await this.#ended;
    const [lost] = /[1-9]\d* packets? dropped by kernel/u.exec(this.#output()) ?? [];
    if (lost !== undefined) throw new Error(`the capture is incomplete: ${lost}`);
    const bytes = withEndMark(readFileSync(this.#file));
    writeFileSync(this.#file, bytes);
    return bytes;
  }
}

/** pcap: a file header of 24 bytes, then records of 16 bytes and the frame; tcpdump writes in the order of this machine. */
function withEndMark(file: Buffer): Uint8Array {
  const mark = file.indexOf(endMark);
  for (let offset = 24; offset + 16 <= file.length;) {
    const next = offset + 16 + file.readUInt32LE(offset + 8);
    if (next > mark) return file.subarray(0, next);
    offset = next;
  }
  throw new Error("the capture has no end mark");
}
