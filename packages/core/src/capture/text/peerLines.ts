import { hostPort } from "./hostPort.ts";
import { logTimeAt } from "./startLine.ts";
import { timestampAt } from "./timestamp.ts";
import type { TraceFormat, TraceMarker } from "./traceFormat.ts";
import { transportNamed } from "./transportName.ts";

/** What of a line stands where: `received` is there only if it was, `own` is the side of the element that wrote it. */
interface PeerGroups {
  readonly received?: string;
  readonly peer: string;
  readonly port?: string;
  readonly own?: string;
  readonly transport?: string;
  readonly time?: string;
}

/** Programs that say in one line before each message which way it went and who was on the other side. No expression can be matched in two ways. */
export const peerLines: readonly TraceFormat[] = [
  // Genesys SIP Server: `07:04:06.383: Received [0,UDP] 692 bytes from 10.9.0.10:5060 <<<<<`, `Sending  [0,UDP] 351 bytes to 10.9.0.10:5060 >>>>>`.
  peerFormat(
    "genesys",
    " bytes ",
    /(?:(?<received>Received)|Sending) {1,2}\[\d+,(?<transport>[A-Z]+)\] \d+ bytes (?:from|to) (?<peer>\S+) (?:<<<<<|>>>>>)$/,
  ),
  // snom phones: `Received from udp:10.9.0.20:5060 at Nov 22 07:04:06.383 (692 bytes):`, newer ones `at 22/11/2026 07:04:06:383`.
  peerFormat(
    "snom",
    " bytes):",
    /(?:(?<received>Received from)|Sent to) (?<transport>[a-z]+):(?<peer>\S+) at (?<time>[\w/ :.]+) \(\d+ bytes\):$/,
  ),
  // BroadWorks: the time on a line before, then `udp 692 Bytes IN from 10.9.0.10:5060`, `udp 351 Bytes OUT to 10.9.0.10:5060`.
  peerFormat(
    "broadworks",
    " Bytes ",
    /^\s*(?<transport>[a-z]+) \d+ Bytes (?:(?<received>IN from)|OUT to) (?<peer>\S+)$/,
  ),
  // Polycom phones: `1122070406.383|sip  |0|00|<<< Data received from 10.9.0.10:5060`, `>>> Data Send to 10.9.0.10:5060`.
  peerFormat("polycom", "|", /\|(?:(?<received><<< ?Data received from)|>>> ?Data Send to) (?<peer>\S+)$/),
  // Fritz!Box: `2026-11-22 07:04:06.383 - IN: my=10.9.0.20%16:5060 peer=10.9.0.10 port=5060 UDP, sipiface=none:`.
  peerFormat(
    "fritzbox",
    " peer=",
    /- (?:(?<received>IN)|OUT): my=(?<own>[^ %]+)(?:%\S*)? peer=(?<peer>\S+) port=(?<port>\d+) (?<transport>[A-Z]+)/,
  ),
  // Lync and Skype for Business on the desk: `11/22/2026|07:04:06.383 1A2C:1B34 INFO  :: Data Received - 10.9.0.10:5061 (To Local Address: 10.9.0.20:51234) 692 bytes:`.
  peerFormat(
    "lync-client",
    " Local Address: ",
    /:: (?:(?<received>Data Received)|Sending Packet) - (?<peer>\S+) \((?:To|From) Local Address: (?<own>\S+)\) \d+ bytes:$/,
    "tls",
  ),
];

/**
 * @param sign is on each such line, and cheaper to look for
 * @param usual the transport where the line does not say it
 */
function peerFormat(name: string, sign: string, pattern: RegExp, usual: string = "udp"): TraceFormat {
  return {
    name,
    marker(line): TraceMarker | undefined {
      const groups = line.includes(sign) ? pattern.exec(line.trimEnd())?.groups : undefined;
      return groups === undefined ? undefined : markerOf(line, groups as unknown as PeerGroups, usual);
    },
  };
}

function markerOf(
  line: string,
  { received, peer, port, own, transport, time }: PeerGroups,
  usual: string,
): TraceMarker | undefined {
  const other = hostPort(port === undefined ? peer : `${peer}:${port}`);
  if (other === undefined) return undefined;
  const self = own === undefined ? undefined : hostPort(own);
  const said = time === undefined ? logTimeAt(line) : timestampAt(time, 0);
  const sides =
    received === undefined
      ? ({ direction: "sent", source: self, destination: other } as const)
      : ({ direction: "received", source: other, destination: self } as const);
  return {
    begins: true,
    head: { ...(said && { time: said }), ...sides, transport: transportNamed(transport ?? usual) },
  };
}
