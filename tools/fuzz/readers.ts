import type { FuzzReader } from "./fuzzReader.ts";
import { analysisReader } from "./readers/analysis.ts";
import { hepReader, networkReader, pcapngReader, pcapReader, textReader } from "./readers/captures.ts";
import { fieldReader, uriReader } from "./readers/fields.ts";
import { messageReader } from "./readers/message.ts";
import { sdpReader } from "./readers/sdp.ts";

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
  ["analysis", analysisReader],
]);
