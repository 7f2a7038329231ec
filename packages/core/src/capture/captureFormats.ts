import type { CaptureFormat } from "./captureFormat.ts";
import { hepFile } from "./hepFile.ts";
import { pcap } from "./pcap.ts";
import { pcapng } from "./pcapng.ts";
import { jsonTrace } from "./text/jsonTrace.ts";
import { textTrace } from "./text/textTrace.ts";
import { utf16Trace } from "./text/utf16Trace.ts";

/** The formats a capture may have, in the order in which they are tried. */
export const captureFormats: readonly CaptureFormat[] = [pcap, pcapng, hepFile, utf16Trace, jsonTrace, textTrace];
