import { attributesOf, parseMedia } from "./parseMedia.ts";
import { type SdpAnomaly, type SdpLine, splitSdp } from "./sdpLine.ts";
import type { AddressFamily, MediaDescription, SessionDescription, SessionOrigin } from "./sessionDescription.ts";

/** An address with its family, from a c= line. */
export interface Connection {
  readonly address: string;
  readonly addressFamily?: AddressFamily;
}

/** More media are not read. */
const MOST_MEDIA = 100;

/** Reads a session description; never fails, what is wrong becomes an anomaly. RFC 8866 §5 */
export function parseSessionDescription(text: string): SessionDescription {
  const anomalies: SdpAnomaly[] = [];
  const lines = splitSdp(text, anomalies);
  const [session, ...sections] = sectionsOf(lines, anomalies);
  checkSession(session, sections, anomalies);
  const connection = connectionOf(session, anomalies) ?? { address: "" };
  const shared = attributesOf(session);
  const media: MediaDescription[] = sections.map((section) =>
    parseMedia(section, shared, connectionOf(section, anomalies) ?? connection, anomalies),
  );
  return { origin: originOf(session, anomalies), ...connection, media, anomalies };
}

/** The lines of the session, then those of each m= line. */
function sectionsOf(lines: readonly SdpLine[], anomalies: SdpAnomaly[]): SdpLine[][] {
  const sections: SdpLine[][] = [[]];
  for (const line of lines) {
    if (line.type !== "m") sections.at(-1)?.push(line);
    else if (sections.length <= MOST_MEDIA) sections.push([line]);
    else {
      anomalies.push({ kind: "limit", type: "m", line: line.number, citation: "RFC 8866 §5.14" });
      return sections;
    }
  }
  return sections;
}

/** v=, o=, s= and t= are mandatory, and each stream needs a c= line of its own or of the session. RFC 8866 §5, §5.7 */
function checkSession(session: readonly SdpLine[], sections: readonly SdpLine[][], anomalies: SdpAnomaly[]): void {
  for (const type of ["v", "o", "s", "t"]) {
    if (session.some((line) => line.type === type)) continue;
    anomalies.push({ kind: "sdp-missing", type, line: 0, citation: "RFC 8866 §5" });
  }
  if (session.some(({ type }) => type === "c")) return;
  for (const section of sections) {
    if (section.some(({ type }) => type === "c")) continue;
    anomalies.push({ kind: "sdp-missing", type: "c", line: section[0].number, citation: "RFC 8866 §5.7" });
  }
}

function connectionOf(lines: readonly SdpLine[], anomalies: SdpAnomaly[]): Connection | undefined {
  const line = lines.find(({ type }) => type === "c");
  if (line === undefined) return undefined;
  const [net, family, address, ...more] = line.value.trim().split(" ");
  if (net === "IN" && isFamily(family) && address !== undefined && more.length === 0) {
    return { address: address.split("/", 1)[0], addressFamily: family };
  }
  anomalies.push({ kind: "sdp-value", type: "c", line: line.number, citation: "RFC 8866 §5.7" });
  return undefined;
}

function originOf(session: readonly SdpLine[], anomalies: SdpAnomaly[]): SessionOrigin | undefined {
  const line = session.find(({ type }) => type === "o");
  if (line === undefined) return undefined;
  const [username, sessionId, sessionVersion, net, addressFamily, address, ...more] = line.value.trim().split(" ");
  if (net === "IN" && isFamily(addressFamily) && address !== undefined && more.length === 0) {
    return { username, sessionId, sessionVersion, addressFamily, address, text: line.value };
  }
  anomalies.push({ kind: "sdp-value", type: "o", line: line.number, citation: "RFC 8866 §5.2" });
  return undefined;
}

function isFamily(text: string | undefined): text is AddressFamily {
  return text === "IP4" || text === "IP6";
}
