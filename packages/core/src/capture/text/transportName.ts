import type { Transport } from "../transport.ts";

/** The transport that a log names, in any case; UDP for a name that is none. */
export function transportNamed(name: string | undefined): Transport {
  const lower = (name ?? "").toLowerCase();
  return NAMES[lower] ?? "udp";
}

const NAMES: Readonly<Record<string, Transport>> = {
  udp: "udp",
  u: "udp",
  tcp: "tcp",
  t: "tcp",
  tls: "tls",
  sctp: "sctp",
  ws: "ws",
  wss: "wss",
};
