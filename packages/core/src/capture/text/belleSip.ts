import { hostPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { logTimeAt } from "./startLine.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/**
 * Linphone, Flexisip's tools and whatever else uses Belle-SIP: `2026-11-30 18:41:11:705 belle-sip-message-channel [0x55cff54aff70]: message sent to
 * [UDP://10.9.0.20:5060], size: [1116] bytes` or `… received [310] new bytes from [UDP://10.9.0.20:5060]:`, the message.
 */
export const belleSip: TraceFormat = {
  name: "belle-sip",
  marker(line) {
    const sent = line.indexOf(SENT);
    const received = sent < 0 ? line.indexOf(RECEIVED) : -1;
    if (sent < 0 && received < 0) return undefined;
    const [uri] = line.slice(sent < 0 ? received + RECEIVED.length : sent + SENT.length).split("], size: [", 1);
    const [transport, address = ""] = uri.split("://", 2);
    const peer = hostPort(address.replace(/\]:?$/u, ""));
    if (peer === undefined) return undefined;
    const time = logTimeAt(line);
    return { begins: true, head: { time, transport: transportNamed(transport), ...messageSides(sent < 0, peer) } };
  },
};

const SENT = "]: message sent to [";
const RECEIVED = "] new bytes from [";
