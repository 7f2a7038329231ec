import type { Connection } from "./parseSessionDescription.ts";
import type { SdpAnomaly, SdpLine } from "./sdpLine.ts";
import type {
  AddressFamily,
  Codec,
  CryptoAttribute,
  Direction,
  IceCandidate,
  MediaDescription,
} from "./sessionDescription.ts";
import { staticPayloadTypes } from "./staticPayloadTypes.ts";

const NONE: readonly never[] = [];
/** More are not read: each is a pair to be checked, of which there are a hundred at most. RFC 8445 §6.1.2.5 */
const MOST_CANDIDATES = 200;
const DIRECTIONS: readonly Direction[] = ["sendrecv", "sendonly", "recvonly", "inactive"];

/** Reads one m= line and the lines that follow it; `shared` are the attributes said for all media. RFC 8866 §5.14 */
export function parseMedia(
  section: readonly SdpLine[],
  shared: Attributes,
  connection: Connection,
  anomalies: SdpAnomaly[],
): MediaDescription {
  const [kind = "", ports = "", protocol = "", ...formats] = section[0].value.trim().split(/ +/, 500);
  const port = /^\d{1,5}(\/\d+)?$/.test(ports) ? Number.parseInt(ports, 10) : -1;
  if (port < 0 || port > 65535 || protocol === "" || formats.length === 0) {
    anomalies.push({ kind: "sdp-value", type: "m", line: section[0].number, citation: "RFC 8866 §5.14" });
  }
  const own = attributesOf(section);
  const candidates = valuesOf(own, "candidate").slice(0, MOST_CANDIDATES).map(candidateOf);
  return {
    kind,
    port: Math.max(port, 0),
    protocol,
    formats,
    codecs: protocol.toUpperCase().includes("RTP/") ? codecsOf(formats, own) : [],
    direction: directionOf(own) ?? directionOf(shared) ?? "sendrecv",
    crypto: valuesOf(own, "crypto").map(cryptoOf),
    fingerprint: valuesOf(own, "fingerprint")[0] ?? valuesOf(shared, "fingerprint")[0] ?? "",
    setup: valuesOf(own, "setup")[0] ?? valuesOf(shared, "setup")[0] ?? "",
    ice: own.has("ice-ufrag") || shared.has("ice-ufrag"),
    iceUfrag: valuesOf(own, "ice-ufrag")[0] ?? valuesOf(shared, "ice-ufrag")[0] ?? "",
    iceLite: shared.has("ice-lite"),
    candidates,
    rtcpMux: own.has("rtcp-mux"),
    address: connection.address,
    addressFamily: connection.addressFamily,
    families: familiesOf(connection, candidates),
  };
}

/** `1 1 UDP 2130706431 fd00:9::10 5000 typ host`. RFC 8839 §5.1 */
function candidateOf(value: string): IceCandidate {
  const [, component, transport = "", , address = "", port, , type = ""] = value.split(/ +/, 8);
  return { component: Number(component), transport: transport.toLowerCase(), address, port: Number(port), type };
}

/** A name in place of the address says no family. */
function familiesOf({ addressFamily }: Connection, candidates: readonly IceCandidate[]): readonly AddressFamily[] {
  const families = new Set<AddressFamily>(addressFamily === undefined ? [] : [addressFamily]);
  for (const { address } of candidates) {
    if (address.includes(":")) families.add("IP6");
    else if (IPV4.test(address)) families.add("IP4");
  }
  return [...families];
}

const IPV4 = /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/;

/** The values of each attribute by its name, in order; `""` for one without a value. */
export type Attributes = ReadonlyMap<string, readonly string[]>;

export function attributesOf(lines: readonly SdpLine[]): Attributes {
  const attributes = new Map<string, string[]>();
  for (const { type, value } of lines) {
    if (type !== "a") continue;
    const colon = value.indexOf(":");
    const name = colon < 0 ? value.trim() : value.slice(0, colon);
    const known = attributes.get(name);
    const own = colon < 0 ? "" : value.slice(colon + 1).trim();
    if (known === undefined) attributes.set(name, [own]);
    else known.push(own);
  }
  return attributes;
}

function valuesOf(attributes: Attributes, name: string): readonly string[] {
  return attributes.get(name) ?? NONE;
}

function directionOf(attributes: Attributes): Direction | undefined {
  for (const name of attributes.keys()) {
    const direction = DIRECTIONS.find((known) => known === name);
    if (direction !== undefined) return direction;
  }
  return undefined;
}

function cryptoOf(value: string): CryptoAttribute {
  const [tag = "", suite = ""] = value.split(/ +/, 2);
  return { tag, suite };
}

function codecsOf(formats: readonly string[], attributes: Attributes): Codec[] {
  const maps = byPayloadType(valuesOf(attributes, "rtpmap"));
  const parameters = byPayloadType(valuesOf(attributes, "fmtp"));
  return formats
    .filter((format) => /^\d{1,3}$/.test(format))
    .map((format) => {
      const payloadType = Number(format);
      const [name, clockRate, channels] = codecOf(maps.get(payloadType)) ??
        staticPayloadTypes.get(payloadType) ?? ["", 0, 1];
      return { payloadType, name, clockRate, channels, formatParameters: parameters.get(payloadType) };
    });
}

/** `8 PCMA/8000` by its number. RFC 8866 §6.6, §6.15 */
function byPayloadType(values: readonly string[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const value of values) {
    const space = value.indexOf(" ");
    const payloadType = Number(space < 0 ? Number.NaN : value.slice(0, space));
    if (Number.isInteger(payloadType) && !found.has(payloadType)) found.set(payloadType, value.slice(space + 1).trim());
  }
  return found;
}

function codecOf(map: string | undefined): [string, number, number] | undefined {
  if (map === undefined) return undefined;
  const [name, clockRate = "0", channels = "1"] = map.split("/", 3);
  return [name, wholeNumber(clockRate) || 0, wholeNumber(channels) || 1];
}

/** NaN for anything else, and for a number that no rate and no count of channels has. */
function wholeNumber(text: string): number {
  return /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
}
