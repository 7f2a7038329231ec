import type { Counts, InputReport } from "../diagnosis/report.ts";
import { numberText } from "../language/numberText.ts";
import { type Page, visible } from "./page.ts";

/** What is said the same way in every language. Everything else is `input.<name>` in content/<lang>/ui.json. */
const protocolNames: Readonly<Record<string, string>> = {
  ethernet: "Ethernet",
  "linux-cooked": "Linux cooked",
  "linux-cooked-2": "Linux cooked v2",
  ppp: "PPP",
  pppoe: "PPPoE",
  "cisco-hdlc": "Cisco HDLC",
  mpls: "MPLS",
  hep: "HEP",
  vlan: "VLAN",
  gre: "GRE",
  erspan: "ERSPAN",
  vxlan: "VXLAN",
  geneve: "Geneve",
  gtp: "GTP-U",
  l2tp: "L2TP",
  tzsp: "TZSP",
  etherip: "EtherIP",
  "ip-in-ip": "IP-in-IP",
  ipv4: "IPv4",
  ipv6: "IPv6",
  udp: "UDP",
  tcp: "TCP",
  icmp: "ICMP",
  tls: "TLS",
  sctp: "SCTP",
  ws: "WebSocket",
  wss: "WebSocket/TLS",
  sip: "SIP",
  rtp: "RTP",
  rtcp: "RTCP",
  udptl: "UDPTL",
  stun: "STUN",
  dtls: "DTLS",
  dns: "DNS",
  arp: "ARP",
  esp: "IPsec ESP",
};

/** One line of what was found: its label and what was counted. */
export interface InputLine {
  readonly label: string;
  readonly text: string;
}

/** What was found in a capture, most frequent first in each line; groups with nothing in them are left out, SIP is not. */
export function inputLines(page: Page, input: InputReport): InputLine[] {
  return groups
    .filter((group) => group === "messages" || Object.keys(input[group]).length > 0)
    .map((group) => ({ label: page.say(`input.${group}`), text: countsText(page, input[group]) }));
}

const groups: readonly (keyof InputReport)[] = [
  "frames",
  "layers",
  "messages",
  "formats",
  "connections",
  "others",
  "unread",
];

/** `RTP 250 · ARP 2`; `0` for nothing. */
function countsText(page: Page, counts: Counts): string {
  const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return "0";
  return sorted.map(([name, count]) => `${nameOf(page, name)} ${numberText(count, page.locale)}`).join(" · ");
}

/** A protocol word, a phrase, or the name itself where it is not ours. */
function nameOf(page: Page, name: string): string {
  if (Object.hasOwn(protocolNames, name)) return protocolNames[name];
  const phrase = page.say(`input.${name}`);
  return visible(phrase === `input.${name}` ? name : phrase, 60);
}
