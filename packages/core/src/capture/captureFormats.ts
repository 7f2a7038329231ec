import type { CaptureFormat } from "./captureFormat.ts";
import { pcap } from "./pcap.ts";
import { pcapng } from "./pcapng.ts";

/** The formats a capture may have, in the order in which they are tried. */
export const captureFormats: readonly CaptureFormat<"pcap" | "pcapng">[] = [pcap, pcapng];
