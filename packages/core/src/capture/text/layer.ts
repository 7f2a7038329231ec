import type { JsonMembers } from "./jsonValues.ts";

/** One protocol in a packet, as tshark and Wireshark tell it. */
export interface Layer {
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** The layers that are looked at with the fields that are taken, of which each has the first. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  frame: ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.encap_type"],
  ip: ["ip.src", "ip.dst", "ip.id"],
  ipv6: ["ipv6.src", "ipv6.dst"],
  icmp: ["icmp.type", "icmp.code"],
  icmpv6: ["icmpv6.type", "icmpv6.code"],
  udp: ["udp.srcport", "udp.dstport", "udp.length", "udp.payload"],
  tcp: "srcport dstport stream len seq seq_raw ack ack_raw flags payload".split(" ").map((name) => `tcp.${name}`),
  sctp: ["sctp.srcport", "sctp.dstport"],
  sip: ["sip.msg_hdr", "sip.Request-Line", "sip.Status-Line", "sip.msg_body_raw"],
  tls: [],
  websocket: [],
};

const TAKEN: ReadonlySet<string> = new Set(Object.values(FIELDS).flat());

/** True for a field that is taken, of whatever layer. */
export function isDissected(field: string): boolean {
  return TAKEN.has(field);
}

/** What is taken of these fields; undefined where they are of no layer that is looked at. A field of `ip.src` is `ip_ip_src` in `-T ek`. */
export function layerOf(name: string, members: JsonMembers): Layer | undefined {
  const taken = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (taken === undefined) return undefined;
  const fields = new Map<string, string>();
  for (const field of taken) {
    const value = members.get(field) ?? members.get(`${name}_${field.replaceAll(".", "_")}`);
    if (value !== undefined) fields.set(field, String(value));
  }
  return taken.length > 0 && !fields.has(taken[0]) ? undefined : { name, fields };
}

export function fieldOf(layer: Layer | undefined, name: string): string | undefined {
  return layer?.fields.get(name);
}

/** The first of a name: that around all others of it. */
export function layerNamed(layers: readonly Layer[], name: string): Layer | undefined {
  return layers.find((layer) => layer.name === name);
}
