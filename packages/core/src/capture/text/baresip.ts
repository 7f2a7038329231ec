import { hostPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/** `baresip -s`: `#` or, in later versions, `07:04:06.383#`, `UDP 10.9.0.10:5060 -> 10.9.0.20:5060`, the message. baresip src/uag.c. */
export const baresip: TraceFormat = {
  name: "baresip",
  marker(line, continues) {
    if (line === "#") return { begins: true };
    if (line.endsWith("#") && line.length < 24) {
      const time = timestampAt(line, 0);
      return time && { begins: true, head: { time } };
    }
    if (!line.includes(" -> ")) return undefined;
    const [transport, from, arrow, to, ...more] = line.split(" ");
    if (arrow !== "->" || more.length > 0 || !TRANSPORTS.includes(transport)) return undefined;
    const source = hostPort(from);
    const destination = hostPort(to ?? "");
    if (source === undefined || destination === undefined) return undefined;
    return { begins: !continues, head: { source, destination, transport: transportNamed(transport) } };
  },
};

const TRANSPORTS: readonly string[] = ["UDP", "TCP", "TLS", "WS", "WSS"];
