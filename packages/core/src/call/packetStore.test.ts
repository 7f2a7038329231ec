import { expect, test } from "vitest";
import { traffic } from "../diagnosis/traffic.fixture.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { peekMessage } from "../message/peekMessage.ts";
import type { Packet } from "../network/packet.ts";
import { PacketStore } from "./packetStore.ts";

const [PACKET] = traffic("10.0.0.1:5060 > 10.0.0.2:5060 at 0\nOPTIONS sip:10.0.0.2 SIP/2.0");

/** A packet of so many bytes, all of them `byte`. */
function filled(byte: number, length: number, change: Partial<Packet> = {}): Packet {
  return { ...PACKET, bytes: new Uint8Array(length).fill(byte), start: 0, end: length, ...change };
}

function bytesOf({ bytes, start, end }: Packet): Uint8Array {
  return bytes.slice(start, end);
}

test("a packet comes back as it was put in, whatever it came in", () => {
  const store = new PacketStore();
  const packets = [
    filled(1, 10, { frame: 2 ** 32, timeMicros: 1_795_332_000_123_456, ipId: -1, cut: true, fragments: 3 }),
    filled(2, 300, { transport: "tls", capture: 7 }),
    filled(3, 20, { captureAgent: { id: 3, name: "edge" }, correlationId: "c" }),
    filled(4, 3_000_000),
    filled(5, 0),
  ];
  const refs = packets.map((packet) => store.add(packet));
  for (const [index, packet] of packets.entries()) {
    const { bytes: _bytes, start: _start, end: _end, ...rest } = packet;
    expect(store.get(refs[index])).toMatchObject(rest);
    expect(bytesOf(store.get(refs[index]))).toEqual(packet.bytes);
  }
});

test("a message is read again by what was found in it when it came, wherever it has been moved to", () => {
  const store = new PacketStore();
  const [packet] = traffic(
    "10.0.0.1:5060 > 10.0.0.2:5060 at 0\nOPTIONS sip:10.0.0.2 SIP/2.0\nCall-ID: here\nt: <sip:a@b>;tag=x\nSubject: one\n two",
  );
  const refs = [0, 1].map(() => store.add(packet, peekMessage(packet)!.index));
  store.beginAnew();
  for (const ref of [refs[0], store.moved(refs[1])]) {
    const again = store.get(ref);
    expect(again.index).toBeDefined();
    const [read, scanned] = [again, { ...again, index: undefined }].map((each) => parseMessage(each)!);
    expect([read.callId, read.toTag, read.values("Subject"), read.lineCount, read.body]).toEqual([
      scanned.callId,
      scanned.toTag,
      scanned.values("Subject"),
      scanned.lineCount,
      scanned.body,
    ]);
    expect(read.values("Subject")).toEqual(["one two"]);
  }
});

test("packets that stay are intact after those around them were released and everything was moved", () => {
  const store = new PacketStore();
  const kept = new Map<number, number>();
  let moves = 0;
  for (let i = 0; i < 100_000; i++) {
    const ref = store.add(filled(i & 255, 600, { frame: i }));
    if (i % 100 === 0) kept.set(i, ref);
    else store.release(ref);
    if (!store.isSparse) continue;
    moves++;
    store.beginAnew();
    for (const [frame, at] of kept) kept.set(frame, store.moved(at));
  }
  expect(moves).toBeGreaterThan(0);
  for (const [frame, ref] of kept) {
    expect(store.get(ref).frame).toBe(frame);
    expect(bytesOf(store.get(ref))).toEqual(new Uint8Array(600).fill(frame & 255));
  }
});

test("short messages are counted by what they cost", () => {
  const store = new PacketStore();
  const refs = Array.from({ length: 1000 }, () => store.add(filled(1, 1)));
  expect(store.liveBytes).toBeGreaterThan(100_000);
  for (const ref of refs) store.release(ref);
  expect(store.liveBytes).toBe(0);
});
