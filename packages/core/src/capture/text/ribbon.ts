import { isDigit } from "../../bytes/ascii.ts";
import { withPort } from "./hostPort.ts";
import { messageSides } from "./messageSides.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceHead, TraceMarker } from "./traceFormat.ts";

/**
 * DBG and TRC files of Ribbon (Sonus) session border controllers: `1787 11222026 070644.357573:1.01.00.38939.MAJOR .SIPSG:… received msg for CallId:…
 * from IP/port:10.9.0.20/5060, Local IP/port:10.9.0.21/5060`, `RAW PDU:`, the message. An entry has at most 1800 bytes: the rest comes in a second
 * one with the same time and sequence number. Ribbon SBC Core documentation, "Notes and Examples on Call Trace Log Message".
 */
export const ribbon: TraceFormat = {
  name: "ribbon",
  marker(line, continues) {
    if (continues && (line === "RAW PDU:" || line.startsWith(", msgLen = "))) return {};
    const entry = entryOf(line);
    return entry && markerOf(entry);
  },
};

interface Entry {
  readonly head: TraceHead;
  readonly text: string;
}

/** Length, date, time, and `version.level.slot.sequence.severity .module:` before the text. */
function entryOf(line: string): Entry | undefined {
  if (!isDigit(line.charCodeAt(0))) return undefined;
  const [length, date = "", clock = ""] = line.split(" ", 3);
  if (Number.isNaN(Number(length)) || date.length !== 8 || clock[6] !== "." || clock[13] !== ":") return undefined;
  const day = `${date.slice(4)}-${date.slice(0, 2)}-${date.slice(2, 4)}`;
  const time = timestampAt(`${day} ${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4, 13)}`, 0);
  const module = line.indexOf(" .");
  const colon = line.indexOf(":", module);
  if (time === undefined || module < 0 || colon < 0) return undefined;
  const sequence = clock.slice(14).split(".")[3] ?? "";
  return { head: { time, entry: `${date} ${clock.slice(0, 13)} ${sequence}` }, text: line.slice(colon + 1) };
}

function markerOf({ head, text }: Entry): TraceMarker {
  const older = text.indexOf("SocketRecvMsg - msg = ");
  if (older >= 0) return { begins: true, head: { ...head, direction: "received" }, rest: text.slice(older + 22) };
  const received = text.indexOf("received msg for CallId:");
  const at = received >= 0 ? received : text.indexOf("sent msg for CallId:");
  if (at < 0) return { begins: true, head, rest: text };
  const [peer, own] = [side(text, " IP/port:", at), side(text, "Local IP/port:", at)];
  return { begins: true, head: { ...head, ...messageSides(received >= 0, peer, own) } };
}

/** `10.9.0.20/5060` behind a label. */
function side(text: string, label: string, from: number): TraceHead["source"] {
  const at = text.indexOf(label, from);
  if (at < 0) return undefined;
  const [address] = text.slice(at + label.length).split(/[,\s]/, 1);
  const slash = address.lastIndexOf("/");
  return slash < 0 ? undefined : withPort(address.slice(0, slash), address.slice(slash + 1), 5060);
}
