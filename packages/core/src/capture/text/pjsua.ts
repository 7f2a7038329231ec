import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * PJSIP's message logger (pjsua, MicroSIP and others): `07:04:06.383  pjsua_core.c  .RX 692 bytes Request msg INVITE/cseq=1 (rdata0x7f00) from UDP
 * 10.9.0.20:5060:`, the message, `--end msg--`. pjproject pjsua_core.c.
 */
export const pjsua: TraceFormat = {
  name: "pjsip",
  marker(line, continues) {
    if (continues && line.startsWith("--end msg--")) return {};
    const bytes = line.indexOf(" bytes ");
    if (bytes < 0 || !/ msg .*\) (from|to) \S+ \S+$/.test(line.slice(bytes, bytes + 256))) return undefined;
    const received = line.lastIndexOf("RX ", bytes) >= 0;
    if (!received && line.lastIndexOf("TX ", bytes) < 0) return undefined;
    const words = line.split(" ");
    const peer = words[words.length - 1];
    const address = hostPort(peer.endsWith(":") ? peer.slice(0, -1) : peer);
    const transport = transportNamed(words[words.length - 2]);
    const time = logTimeAt(line);
    return address && { begins: true, head: { time, transport, ...messageSides(received, address) } };
  },
};
