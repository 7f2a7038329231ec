import { expect, test } from "vitest";
import type { Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { textView } from "../packages/core/src/view/index.ts";
import { explain } from "./explain.ts";

const audioIn = ({ calls }: Report): string[] =>
  calls.flatMap(({ audio = [] }) =>
    audio.map(({ source, destination, packets }) => `${source} > ${destination} ${packets}`),
  );

test("the audio of a call is counted for each way; the numbers are those of tshark", async () => {
  const report = await explain("p-baresip-register-call-rtp.pcap");
  expect(audioIn(report)).toEqual(["10.9.0.30:30008 > 10.9.0.10:30068 401", "10.9.0.10:30068 > 10.9.0.30:30008 400"]);
});

test("where audio goes one way, that one is told", async () => {
  expect(audioIn(await explain("z-audio-one-way.pcap"))).toEqual(["10.9.0.10:40074 > 10.9.0.30:6000 590"]);
});

test("the text about one call says what was seen of its audio", async () => {
  const report = await explain("z-audio-one-way.pcap");
  const text = textView(report, { language, call: "1" });
  expect(text).toContain("Audio from 10.9.0.10:40074 to 10.9.0.30:6000: 590 RTP packets in 11.8 s");
});

test("a call whose audio was not captured has none", async () => {
  expect(audioIn(await explain("a-plain-200.pcap"))).toEqual([]);
});

test("the audio of a call between browsers is found by the checks of ICE, with the numbers of tshark", async () => {
  expect(audioIn(await explain("z1-webrtc-audio.pcap"))).toEqual([
    "10.9.0.30:52957 > 10.9.0.10:45634 93",
    "10.9.0.10:45634 > 10.9.0.30:52957 93",
  ]);
});

test("checks that nobody answers are counted as tshark does", async () => {
  const { calls } = await explain("z2-webrtc-no-way.pcap");
  const quotes = calls.flatMap(({ findings }) =>
    findings.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)),
  );
  expect(quotes).toContain("STUN checks from 10.9.0.30:37225 to 10.9.0.10:38640: 90 sent, 0 answered");
});
