import { isDigit } from "../../bytes/ascii.ts";
import { type Timestamp, timestampAt } from "./timestamp.ts";
import type { TraceFormat } from "./traceFormat.ts";

/**
 * What tshark (`-P -x`) and Wireshark's exports put before the bytes of a packet: its number, its time, and what it is. `    1   0.000000    10.9.0.10 → 10.9.0.20 …`,
 * `      1 2026-11-22 07:04:06.383193 10.9.0.10 …`.
 */
export const packetSummary: TraceFormat = {
  name: "wireshark",
  isCapture: true,
  marker(line) {
    const time = timeIn(line);
    return time && { begins: true, head: { time } };
  },
};

function timeIn(line: string): Timestamp | undefined {
  let at = 0;
  while (line[at] === " ") at++;
  const number = at;
  while (isDigit(line.charCodeAt(at))) at++;
  if (at === number || at - number > 9 || line[at] !== " ") return undefined;
  while (line[at] === " ") at++;
  const time = secondsAt(line, at) ?? timestampAt(line, at);
  const isFollowed = time !== undefined && (line[time.end] === " " || line[time.end] === "\t");
  return isFollowed && line.slice(time.end).trim().includes(" ") ? time : undefined;
}

/** Seconds since the first packet, or since the one before, with six digits or nine behind the point. */
function secondsAt(line: string, from: number): Timestamp | undefined {
  const point = line.indexOf(".", from);
  if (point < 0 || point - from > 9) return undefined;
  let end = point + 1;
  while (isDigit(line.charCodeAt(end))) end++;
  const digits = end - point - 1;
  const seconds = Number(line.slice(from, end));
  if ((digits !== 6 && digits !== 9) || !(seconds >= 0) || !isDigit(line.charCodeAt(from))) return undefined;
  const ofDayMicros = Math.round(seconds * 1e6);
  return { dayMicros: undefined, hasYear: false, hasZone: false, isSinceFirst: true, ofDayMicros, end };
}
