import { hostPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";

/** What sngrep saves as text: `2026/11/22 07:04:06.383193 10.9.0.10:5060 -> 10.9.0.20:5060`, then the message. sngrep src/curses/ui_save.c. */
export const sngrep: TraceFormat = {
  name: "sngrep",
  isCapture: true,
  marker(line) {
    if (line[4] !== "/" || !line.includes(" -> ")) return undefined;
    const time = timestampAt(line, 0);
    if (time?.dayMicros === undefined) return undefined;
    const [from, arrow, to, ...more] = line.slice(time.end + 1).split(" ");
    const source = hostPort(from);
    const destination = hostPort(to ?? "");
    if (arrow !== "->" || more.length > 0 || source === undefined || destination === undefined) return undefined;
    return { begins: true, head: { time, source, destination } };
  },
};
