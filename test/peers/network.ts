import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** The elements of the laboratory, each in its own network namespace; 10.9.0.x and fd00:9::x, joined by one bridge. */
export const hosts = { caller: 10, edge: 20, core: 21, callee: 30, target: 40 } as const;
export type Host = keyof typeof hosts;

/** Names of namespaces are seen by the whole machine: ours carry the process that made them, so that leftovers can be told. */
const namePrefix = "sipwhy";

/** A closed network of its own for one situation: nothing outside it is reachable, and nothing reaches in. */
export class Network {
  readonly #name: string;
  readonly #children = new Set<ChildProcess>();

  /** @param pathMtu what the bridge passes on to the callee at most, bytes */
  constructor(serial: number, pathMtu: number = 1500) {
    this.#name = `${namePrefix}-${process.pid}-${serial}`;
    batch([], [`netns add ${this.#namespace("hub")}`, ...names.map((host) => `netns add ${this.#namespace(host)}`)]);
    const hub = ["-n", this.#namespace("hub")];
    const links = names.map(
      (host) => `link add ${host} type veth peer name eth0 address ${macOf(host)} netns ${this.#namespace(host)}`,
    );
    const joined = names.flatMap((host) => [`link set ${host} master bridge`, `link set ${host} up`]);
    batch(hub, [
      "link add bridge type bridge forward_delay 0 mcast_snooping 0",
      "link set bridge up",
      ...links,
      ...joined,
    ]);
    if (pathMtu < 1500) this.#narrow(hub, pathMtu);
    for (const host of names) this.#address(host);
  }

  /** Starts a program on a host, or on the bridge (`hub`), which sees everything. It ends at the latest with the network. */
  start(host: Host | "hub", program: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn("ip", ["netns", "exec", this.#namespace(host), program, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    return child;
  }

  dispose(): void {
    for (const host of [...names, "hub"] as const) removeNamespace(this.#namespace(host));
  }

  /** A bridge drops what is too large, unless netfilter puts fragments together in it: that is switched off in this namespace. */
  #narrow(hub: readonly string[], pathMtu: number): void {
    const off = "for f in /proc/sys/net/bridge/bridge-nf-call-ip*tables; do [ -e $f ] && echo 0 > $f; done; true";
    spawnSync("ip", ["netns", "exec", this.#namespace("hub"), "sh", "-c", off]);
    batch(hub, [`link set callee mtu ${pathMtu}`]);
  }

  #namespace(host: Host | "hub"): string {
    return `${this.#name}-${host}`;
  }

  #address(host: Host): void {
    const [ipv4, ipv6] = [`10.9.0.${hosts[host]}/24`, `fd00:9::${hosts[host]}/64 nodad`];
    const addresses = [`address add ${ipv4} dev eth0`, `address add ${ipv6} dev eth0`];
    batch(["-n", this.#namespace(host)], ["link set lo up", "link set eth0 up", ...addresses]);
  }
}

const names = Object.keys(hosts) as Host[];

/** Network namespaces are made by root only, and not in every container. */
export function canMakeNetworks(): boolean {
  return process.getuid?.() === 0 && spawnSync("unshare", ["--net", "true"]).status === 0;
}

/** Ends what earlier runs left behind: namespaces whose process is gone, with all that still runs in them. */
export function sweepNetworks(): void {
  for (const namespace of namespaces()) {
    const owner = Number(namespace.split("-")[1]);
    if (owner !== process.pid && !isRunning(owner)) removeNamespace(namespace);
  }
}

function namespaces(): readonly string[] {
  try {
    return readdirSync("/run/netns").filter((name) => name.startsWith(`${namePrefix}-`));
  } catch {
    return [];
  }
}

/** Only what runs inside the namespace is killed: it was started by the one who made it. */
function removeNamespace(namespace: string): void {
  const inside = spawnSync("ip", ["netns", "pids", namespace], { encoding: "utf8" }).stdout ?? "";
  for (const pid of inside.split("\n").filter(Boolean)) kill(Number(pid));
  spawnSync("ip", ["netns", "delete", namespace]);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself in the meantime.
  }
}

export function isRunning(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8") !== "";
  } catch {
    return false;
  }
}

function batch(options: readonly string[], commands: readonly string[]): void {
  const { status, stderr } = spawnSync("ip", [...options, "-batch", "-"], {
    input: `${commands.join("\n")}\n`,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`ip ${options.join(" ")}: ${stderr}`);
}

/** Fixed, so that two captures of one situation differ in time and tags only. */
function macOf(host: Host): string {
  return `02:00:00:00:09:${hosts[host]}`;
}
