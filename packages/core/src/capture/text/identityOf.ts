import { hexValue, isDigit } from "../../bytes/ascii.ts";

/**
 * What a log names a call by on each line that belongs to it: the GUID of Cisco IOS in `//52/C0058B3E8097/SIP/…`, the session of AudioCodes in
 * `[SID=a1b2c3:12:7]`, the global call id of Ribbon in `GCID=0x00000DDB`. Undefined for a line that names none.
 */
export function identityOf(line: string): string | undefined {
  return bracketed(line) ?? globalCallId(line) ?? guid(line);
}

function bracketed(line: string): string | undefined {
  const at = line.indexOf("[SID=");
  const end = at < 0 ? -1 : line.indexOf("]", at);
  return end < 0 || end - at > LONGEST ? undefined : line.slice(at, end + 1);
}

const LONGEST = 64;

/** Zero is no call. */
function globalCallId(line: string): string | undefined {
  const at = line.indexOf("GCID=0x");
  const number = at < 0 ? 0 : Number.parseInt(line.slice(at + 7, at + 23), 16);
  return number > 0 ? `GCID=${number.toString(16)}` : undefined;
}

/** Twelve hexadecimal digits between slashes, behind a number; `xxxxxxxxxxxx` where the call is not known yet. */
function guid(line: string): string | undefined {
  const at = line.indexOf("//");
  const slash = at < 0 ? -1 : line.indexOf("/", at + 2);
  if (slash < 0 || slash - at > 16 || line[slash + 13] !== "/") return undefined;
  if (!isDigit(line.charCodeAt(slash - 1))) return undefined;
  for (let i = slash + 1; i < slash + 13; i++) if (hexValue(line.charCodeAt(i)) < 0) return undefined;
  return line.slice(slash, slash + 14);
}
