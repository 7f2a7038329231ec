import { expect, test } from "vitest";
import { liveArguments } from "./liveArguments.ts";

const none = (): boolean => false;

test("`live` is the first word, whatever flags stand before it", () => {
  expect(liveArguments(["live"], none)).toEqual([]);
  expect(liveArguments(["live", "-i", "eth0", "port", "5060"], none)).toEqual(["-i", "eth0", "port", "5060"]);
  expect(liveArguments(["--lang", "de", "--ladder", "live", "--only=failed"], none)).toEqual([
    "--lang",
    "de",
    "--ladder",
    "--only=failed",
  ]);
  expect(liveArguments(["--lang=de", "live"], none)).toEqual(["--lang=de"]);
});

test("`live` elsewhere, or the name of a file, is no command", () => {
  for (const args of [
    [],
    ["call.pcap", "live"],
    ["--keylog", "live"],
    ["--keylog", "live", "call.pcap"],
    ["-", "live"],
  ])
    expect(liveArguments(args, none), args.join(" ")).toBeUndefined();
  expect(liveArguments(["live"], () => true)).toBeUndefined();
});
