import { isHexDigit } from "../../bytes/ascii.ts";
import { hexBytes } from "../../bytes/hexBytes.ts";
import type { HostPort } from "../logged.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceHead } from "./traceFormat.ts";

/** No message and no packet with one is shorter. */
const SHORTEST = 64;
const LONGEST_ADDRESS = 45;

export interface HexCells {
  readonly bytes: Uint8Array;
  readonly head: TraceHead;
}

/**
 * A line whose last cell is a payload in hexadecimal, as `tshark -T fields -e frame.time_epoch -e ip.src -e udp.srcport -e ip.dst -e udp.dstport -e udp.payload`
 * prints, or that is nothing else, as Wireshark copies a packet and follows a stream. Before it may stand a time, and two addresses, each with or without a port behind it.
 */
export function hexCells(line: string): HexCells | undefined {
  const last = line.trimEnd().replace(/"$/, "").at(-1) ?? "";
  if (line.length < SHORTEST * 2 || !isHexDigit(last.charCodeAt(0))) return undefined;
  const cells = line.trim().replaceAll('"', "").split(CELLS);
  const bytes = hexBytes(cells.pop()!);
  if (bytes === undefined || bytes.length < SHORTEST) return undefined;
  const times = cells.map((cell) => timestampAt(cell, 0));
  const [source, destination] = sidesIn(cells);
  return { bytes, head: { time: times.find((time) => time !== undefined), source, destination } };
}

const CELLS = /[\t,;|]/;
const IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/;
const IPV6 = /^[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]+$/;
const PORT = /^\d{1,5}$/;

/** None where there are not two. */
function sidesIn(cells: readonly string[]): readonly HostPort[] {
  const ports = cells.filter((cell) => PORT.test(cell)).map(Number);
  const hosts = cells.filter((cell) => cell.length <= LONGEST_ADDRESS && (IPV4.test(cell) || IPV6.test(cell)));
  if (hosts.length !== 2) return [];
  return hosts.map((host, index) => ({ host, port: ports.length === 2 ? ports[index] : 5060 }));
}
