import { join } from "node:path";
import { until, watch, type Actor } from "./actor.ts";
import { hosts, type Host } from "./network.ts";
import type { UaPart } from "./ua/uaPart.ts";

export interface ScriptedUaOptions {
  readonly host?: Host;
  readonly port?: number;
  /** Where its requests go: the edge proxy unless said. */
  readonly next?: Host;
  readonly nextPort?: number;
  readonly transport?: UaPart["transport"];
  readonly args?: Readonly<Record<string, string>>;
  /** False for one whose script has no end of its own. */
  readonly finishes?: boolean;
}

/** Our own user agent, for what neither SIPp nor baresip can be made to do; `ua/scripts.ts` holds its parts. */
export function ua(script: string, options: ScriptedUaOptions = {}): Actor {
  const { host = "callee", next = "edge", finishes = true } = options;
  const title = `scripted UA ${script} at ${host}`;
  const part: UaPart = {
    address: `10.9.0.${hosts[host]}`,
    port: options.port ?? 5060,
    next: `10.9.0.${hosts[next]}`,
    nextPort: options.nextPort ?? 5060,
    transport: options.transport ?? "udp",
    args: options.args ?? {},
  };
  return {
    title,
    leads: finishes,
    async start(network) {
      const play = join(import.meta.dirname, "ua", "play.ts");
      const env = { PATH: process.env.PATH };
      const child = network.start(host, process.execPath, [play, script, JSON.stringify(part)], { env });
      const { ended, output } = watch(child, title);
      await until(() => output() !== "" || child.exitCode !== null, `${title} is ready`);
      return { ended };
    },
  };
}
