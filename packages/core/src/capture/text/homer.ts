import { hostPort } from "./hostPort.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/** HOMER's text export: `proto:UDP 2026-11-22T07:04:06.383193Z 10.9.0.10:5060 ---> 10.9.0.20:5060`, then the message. homer-app exportwriter.go. */
export const homer: TraceFormat = {
  name: "homer",
  isCapture: true,
  marker(line) {
    if (!line.startsWith("proto:")) return undefined;
    const arrow = line.indexOf(" ---> ");
    const source = hostPort(line.slice(line.lastIndexOf(" ", arrow - 1) + 1, arrow));
    const destination = hostPort(line.slice(arrow + 6).trim());
    if (arrow < 0 || source === undefined || destination === undefined) return undefined;
    const at = line.indexOf(" ") + 1;
    const time = timestampAt(line, at);
    return {
      begins: true,
      head: { time, source, destination, transport: transportNamed(line.slice(6, at - 1)) },
    };
  },
};
