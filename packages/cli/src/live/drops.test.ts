import { describe, expect, test } from "vitest";
import { readDrops } from "./drops.ts";

describe("what was lost is read", () => {
  test("from the end of tcpdump", () => {
    const text =
      "tcpdump: listening on any\n5 packets captured\n7 packets received by filter\n2 packets dropped by kernel\n1 packet dropped by interface\n";
    expect(readDrops(text)).toEqual({ captured: 5, kernel: 2, interface: 1 });
  });

  test("from tcpdump when it was asked, the latest answer", () => {
    const answer = (kernel: number): string =>
      `tcpdump: 3 packets captured, 6 packets received by filter, ${kernel} packets dropped by kernel\n`;
    expect(readDrops(answer(0) + answer(4))).toEqual({ captured: 3, kernel: 4, interface: 0 });
  });

  test("from dumpcap", () => {
    const text =
      "Packets captured: 12\nPackets received/dropped on interface 'any': 12/3 (pcap:2/dumpcap:1/flushed:0/ps_ifdrop:4) (80.0%)\n";
    expect(readDrops(text)).toEqual({ captured: 12, kernel: 3, interface: 4 });
  });

  test("and not made up", () => {
    expect(readDrops("tcpdump: listening on lo, link-type EN10MB\n")).toBeUndefined();
  });
});
