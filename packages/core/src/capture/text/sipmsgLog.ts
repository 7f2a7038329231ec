import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";

/**
 * sipmsg.log of Oracle (Acme Packet) session border controllers: `Nov 22 07:04:06.383 On [0:0]10.9.0.21:5060 received from 10.9.0.20:5060` or
 * `… sent to 10.9.0.30:5060`, the message, a line of dashes.
 */
export const sipmsgLog: TraceFormat = {
  name: "oracle-sipmsg",
  marker(line, continues) {
    if (continues && line.startsWith("--------")) return {};
    const time = timestampAt(line, 0);
    if (time === undefined || !line.startsWith(" On ", time.end)) return undefined;
    const words = line.slice(time.end + 4).split(" ");
    const own = hostPort(words[0].slice(words[0].indexOf("]") + 1));
    const peer = hostPort(words[3] ?? "");
    const what = `${words[1]} ${words[2]}`;
    if (own === undefined || peer === undefined) return undefined;
    if (what !== "received from" && what !== "sent to") return undefined;
    return { begins: true, head: { time, ...messageSides(what === "received from", peer, own) } };
  },
};
