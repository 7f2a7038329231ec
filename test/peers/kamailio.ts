import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bound, watch } from "./actor.ts";
import type { Network } from "./network.ts";

/** Starts one of the two proxies and waits until it listens. */
export async function startProxy(
  network: Network,
  folder: string,
  host: "edge" | "core",
  defines: readonly string[] = [],
): Promise<void> {
  const config = join(import.meta.dirname, `${host}.cfg`);
  const home = join(folder, host);
  mkdirSync(home, { recursive: true });
  const memory = ["-m", "16", "-M", "4"];
  const definitions = defines.flatMap((define) => ["-A", define]);
  const child = network.start(host, "kamailio", [
    "-f",
    config,
    "-DD",
    "-E",
    ...memory,
    "-w",
    home,
    "-Y",
    home,
    ...definitions,
  ]);
  const { ended, output } = watch(child, host);
  await Promise.race([bound(child, "udp", 5060), ended]).catch(() => {
    throw new Error(`kamailio ${host}: ${output()}`);
  });
}
