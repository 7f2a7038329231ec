import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sleep } from "./actor.ts";
import { BridgeCapture } from "./bridgeCapture.ts";
import { startProxy } from "./kamailio.ts";
import { isRunning, Network, sweepNetworks } from "./network.ts";
import type { Situation } from "./situation.ts";

let serial = 0;

const folderPrefix = "sipwhy-peers-";

/** Retransmissions, and what a proxy still has to say, come within this time after the last actor is done. */
const settleMilliseconds = 700;

/**
 * Plays a situation in a network of its own and returns the capture. Where an actor did not do its part there is nothing to judge, and
 * it is played once more: the programs keep to seconds of their own, which a busy machine may not give them.
 * @throws Error when that happens twice
 */
export async function playSituation(situation: Situation): Promise<Uint8Array> {
  try {
    return await play(situation);
  } catch (error) {
    console.warn(`${situation.name} is played again: ${String(error)}`);
    return await play(situation);
  }
}

async function play(situation: Situation): Promise<Uint8Array> {
  const network = new Network(++serial, situation.pathMtu);
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  try {
    await Promise.all([
      startProxy(network, folder, "edge", situation.proxies),
      startProxy(network, folder, "core", situation.proxies),
    ]);
    const capture = await BridgeCapture.start(network, folder);
    const failures = await playActors(situation, network, folder);
    await sleep(settleMilliseconds + (situation.watchSeconds ?? 0) * 1000);
    const bytes = await capture.finish();
    if (failures.length > 0) throw new Error(failures.join("\n"));
    return bytes;
  } finally {
    network.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes what earlier runs left behind: their namespaces with all that still runs there, and their folders. */
export function sweep(): void {
  sweepNetworks();
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(folderPrefix))) {
    const owner = Number(name.slice(folderPrefix.length).split("-")[0]);
    if (!isRunning(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

async function playActors({ actors }: Situation, network: Network, folder: string): Promise<readonly string[]> {
  const parts: Promise<string | undefined>[] = [];
  for (const actor of actors) {
    const { ended } = await actor.start(network, folder);
    if (actor.leads) parts.push(ended);
  }
  const results = await Promise.all(parts);
  return results.filter((failure) => failure !== undefined);
}
