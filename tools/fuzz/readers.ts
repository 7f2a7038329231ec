import type { FuzzReader } from "./fuzzReader.ts";
import { analysisReader } from "./readers/analysis.ts";
import { hepReader, networkReader, pcapngReader, pcapReader, textReader } from "./readers/captures.ts";
import { containerReader } from "./readers/containers.ts";
import { fieldReader, uriReader } from "./readers/fields.ts";
import { messageReader } from "./readers/message.ts";
import { redactionReader } from "./readers/redaction.ts";
import { sdpReader } from "./readers/sdp.ts";
import { streamReader } from "./readers/streams.ts";
import { keyLogReader, tlsReader } from "./readers/tls.ts";

/** Made when asked for: each reads its part of the fixtures. */
export const readers: ReadonlyMap<string, () => FuzzReader> = new Map([
  ["message", messageReader],
  ["field", fieldReader],
  ["uri", uriReader],
  ["sdp", sdpReader],
  ["pcap", pcapReader],
  ["pcapng", pcapngReader],
  ["hep", hepReader],
  ["text", textReader],
  ["network", networkReader],
  ["stream", streamReader],
  ["tls", tlsReader],
  ["keylog", keyLogReader],
  ["container", containerReader],
  ["redaction", redactionReader],
  ["analysis", analysisReader],
]);
