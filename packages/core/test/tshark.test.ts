import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { peer, type Run } from "../../../test/peers.ts";
import { CaptureReader } from "../src/capture/captureReader.ts";
import { NetworkDecoder } from "../src/network/networkDecoder.ts";

// tshark is the oracle: frames and Call-IDs of every SIP message it sees, for each capture.

const captures = fileURLToPath(new URL("../../../fixtures/captures/", import.meta.url));

/** A message as `frame Call-ID`. */
function ours(file: string): string[] {
  const messages: string[] = [];
  const decoder = new NetworkDecoder({
    onPacket({ frame, bytes, start, end }) {
      const text = new TextDecoder("latin1").decode(bytes.subarray(start, end));
      messages.push(`${frame} ${/^(?:call-id|i)[ \t]*:[ \t]*(.*?)\r$/im.exec(text)?.[1]}`);
    },
    onEvent() {},
    onIncident() {},
  });
  const reader = new CaptureReader({ capture: 0, onFrame: (frame) => decoder.push(frame), onIncident() {} });
  reader.push(readFileSync(captures + file));
  reader.flush();
  decoder.flush();
  return messages;
}

function theirs(run: Run, file: string): string[] {
  const options = ["-n", "-r", captures + file, "-Y", "sip", "-T", "fields", "-e", "frame.number", "-e", "sip.Call-ID"];
  const lines = run(options).split("\n");
  return lines.filter(Boolean).flatMap((line) => {
    const [frame, callIds] = line.split("\t");
    return callIds.split(",").map((callId) => `${frame} ${callId}`);
  });
}

/** Where tshark 4.0 sees something else, and why. */
const differences: Readonly<Record<string, { ours: readonly number[]; theirs: readonly number[]; why: string }>> = {
  "f1-502-malformed-badline.pcap": {
    ours: [7, 9, 11],
    theirs: [],
    why: "a response whose status code is not three digits is no SIP for tshark; we show it to explain it",
  },
  "k-tcp-segments.pcap": {
    ours: [53, 53],
    theirs: [53],
    why: "the BYE begins in the segment of the ACK before it; tshark shows its rest and the OPTIONS after it as Continuation",
  },
};

/** HEP, for which tshark 4.0 has no dissector. */
const unreadable: readonly string[] = ["o-hep3-kamailio.pcap"];

const withTshark = peer("tshark");
for (const file of readdirSync(captures).filter((name) => /\.pcap(ng)?$/.test(name) && !unreadable.includes(name))) {
  withTshark(`tshark sees the same messages in the same frames of ${file}`, (run) => {
    const difference = differences[file] ?? { ours: [], theirs: [], why: "" };
    const without = (messages: readonly string[], frames: readonly number[]): string[] =>
      messages.filter((message) => !frames.includes(Number.parseInt(message, 10)));
    const framesOf = (messages: readonly string[], frames: readonly number[]): number[] =>
      messages.map((message) => Number.parseInt(message, 10)).filter((frame) => frames.includes(frame));
    const [mine, reference] = [ours(file), theirs(run, file)];
    expect(without(mine, difference.ours)).toEqual(without(reference, difference.theirs));
    expect(framesOf(mine, difference.ours)).toEqual(difference.ours);
    expect(framesOf(reference, difference.theirs)).toEqual(difference.theirs);
  });
}
