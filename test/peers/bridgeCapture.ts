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
  readonly #interrupt: () => void;

  private constructor(network: Network, file: string, ended: Promise<unknown>, interrupt: () => void) {
    this.#network = network;
    this.#file = file;
    this.#ended = ended;
    this.#interrupt = interrupt;
  }

  static async start(network: Network, folder: string): Promise<BridgeCapture> {
    const file = join(folder, "capture.pcap");
    const args = ["-i", "bridge", "-s", "0", "-B", "8192", "-U", "--immediate-mode", "-Z", "root", "-w", file];
    const child = network.start("hub", "tcpdump", args);
    const { output } = watch(child, "tcpdump");
    await until(() => output().includes("listening on"), "tcpdump listens");
    return new BridgeCapture(network, file, once(child, "exit"), () => child.kill("SIGINT"));
  }

  /** Ends the capture once all that was sent before is in it. */
  async finish(): Promise<Uint8Array> {
    this.#network.start("caller", "bash", ["-c", `printf '${endMark}' > /dev/udp/10.9.0.20/9`]);
    await until(() => statSync(this.#file).size > 24 && readFileSync(this.#file).includes(endMark), "the end mark");
    this.#interrupt();
    await this.#ended;
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
