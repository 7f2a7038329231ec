import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What to capture. */
export interface CaptureRequest {
  readonly interface: string;
  /** In the language of pcap-filter(7); "" for everything. */
  readonly filter: string;
}

/** A program that captures and writes pcap to its standard output. Only it needs the privilege. */
export interface CaptureProgram {
  readonly name: "tcpdump" | "dumpcap";
  args(request: CaptureRequest): readonly string[];
}

/** Enough for a burst while the reader is busy; the default of 2 MiB is not. */
const bufferMegabytes = 32;

/** A filter is one argument behind `--`: nothing in it can become an option. */
const tcpdump: CaptureProgram = {
  name: "tcpdump",
  args: ({ interface: name, filter }) => [
    ..."-n -s 0 -U -w - -B".split(" "),
    String(bufferMegabytes * 1024),
    "-i",
    name,
    ...(filter === "" ? [] : ["--", filter]),
  ],
};

const dumpcap: CaptureProgram = {
  name: "dumpcap",
  args: ({ interface: name, filter }) => [
    ..."-s 0 -P -q -w - -B".split(" "),
    String(bufferMegabytes),
    "-i",
    name,
    ...(filter === "" ? [] : ["-f", filter]),
  ],
};

/** The programs in the order in which they are tried: whoever is not root is more likely to be allowed dumpcap. */
export function capturePrograms(isRoot: boolean): readonly CaptureProgram[] {
  return isRoot ? [tcpdump, dumpcap] : [dumpcap, tcpdump];
}

/**
 * Where the program is, also one that this user may not run: that is said then; undefined where it is not installed. Those of root are looked for
 * too: a user's PATH may lack them.
 */
export function pathOf(program: CaptureProgram, path: string): string | undefined {
  const folders = [...path.split(delimiter).filter((folder) => folder !== ""), "/usr/sbin", "/sbin"];
  return folders.map((folder) => join(folder, program.name)).find((file) => existsSync(file));
}

/**
 * Everything but RTP and RTCP, whose first two bits are 10 (RFC 3550): SIP is recognised on any port, and media are what fills a line.
 * Datagrams whose header the filter cannot reach, behind VLAN tags or in fragments, pass.
 */
export const withoutMedia = "not (udp[8] & 0xc0 = 0x80) and not (ip6[6] = 17 and ip6[48] & 0xc0 = 0x80)";
