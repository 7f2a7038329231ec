/** What the capturing program says it could not hand on. */
export interface Drops {
  /** Packets that it captured; -1 where it does not say. */
  readonly captured: number;
  /** By the kernel, whose buffer was full. */
  readonly kernel: number;
  /** By the interface or its driver. */
  readonly interface: number;
}

/**
 * Reads the numbers out of what tcpdump prints (`2 packets dropped by kernel`, at its end and when asked by a signal) or dumpcap (`Packets
 * received/dropped on interface 'any': 10/2 (pcap:1/dumpcap:1/flushed:0/ps_ifdrop:0)`). Undefined for any other text.
 */
export function readDrops(text: string): Drops | undefined {
  const captured = last(text, /(\d{1,15}) packets? captured/gu) ?? last(text, /Packets captured: (\d{1,15})/gu);
  const kernel = last(text, /(\d{1,15}) packets? dropped by kernel/gu) ?? last(text, /\d{1,15}\/(\d{1,15}) \(pcap:/gu);
  if (kernel === undefined) return undefined;
  const byInterface = last(text, /(\d{1,15}) packets? dropped by interface/gu) ?? last(text, /ps_ifdrop:(\d{1,15})/gu);
  return { captured: captured ?? -1, kernel, interface: byInterface ?? 0 };
}

function last(text: string, pattern: RegExp): number | undefined {
  const found = [...text.matchAll(pattern)].at(-1);
  return found === undefined ? undefined : Number(found[1]);
}
