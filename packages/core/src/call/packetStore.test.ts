import { expect, test } from "vitest";
import { spaceOf } from "../bytes/space.fixture.ts";
import { traffic } from "../diagnosis/traffic.fixture.ts";
import { parseMessage } from "../message/parseMessage.ts";
import { peekMessage } from "../message/peekMessage.ts";
import type { Packet } from "../network/packet.ts";
import { type PacketRef, PacketStore } from "./packetStore.ts";

const [PACKET] = traffic("10.0.0.1:5060 > 10.0.0.2:5060 at 0\nOPTIONS sip:10.0.0.2 SIP/2.0");

/** A packet of so many bytes, all of them `byte`. */
function filled(byte: number, length: number, change: Partial<Packet> = {}): Packet {
  return { ...PACKET, bytes: new Uint8Array(length).fill(byte), start: 0, end: length, ...change };
}

function bytesOf({ bytes, start, end }: Packet): Uint8Array {
  return bytes.slice(start, end);
}

/** Fills a store with so many packets of 600 bytes, of which every hundredth stays; returns the references of these by their frame. */
function fillAndKeep(store: PacketStore, count: number): Map<number, PacketRef[]> {
  const kept = new Map<number, PacketRef[]>();
  for (let i = 0; i < count; i++) {
    const owner: PacketRef[] = [];
    store.add(filled(i & 255, 600, { frame: i }), owner);
    if (i % 100 === 0) kept.set(i, owner);
    else store.release(owner[0]);
  }
  return kept;
}

function expectIntact(store: PacketStore, kept: ReadonlyMap<number, readonly PacketRef[]>): void {
  for (const [frame, [ref]] of kept) {
    expect(store.get(ref).frame).toBe(frame);
    expect(bytesOf(store.get(ref))).toEqual(new Uint8Array(600).fill(frame & 255));
  }
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
  const refs: PacketRef[] = [];
  for (const packet of packets) store.add(packet, refs);
  for (const [index, packet] of packets.entries()) {
    const { bytes: _bytes, start: _start, end: _end, ...rest } = packet;
    expect(store.get(refs[index])).toMatchObject(rest);
    expect(bytesOf(store.get(refs[index]))).toEqual(packet.bytes);
  }
});

test.each([
  ["moved", undefined],
  ["put aside", spaceOf(100_000_000)],
])("a message that was %s is read again by what was found in it when it came", (_how, space) => {
  const store = new PacketStore(space, 0);
  const [packet] = traffic(
    "10.0.0.1:5060 > 10.0.0.2:5060 at 0\nOPTIONS sip:10.0.0.2 SIP/2.0\nCall-ID: here\nt: <sip:a@b>;tag=x\nSubject: one\n two",
  );
  const refs: PacketRef[] = [];
  store.add(packet, refs, peekMessage(packet)!.index);
  const [first] = refs;
  fillAndKeep(store, 100_000);
  expect(refs[0] === first).toBe(space !== undefined);
  const again = store.get(refs[0]);
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
});

test("packets that stay are intact after those around them were released and they were moved together", () => {
  const store = new PacketStore();
  const kept = fillAndKeep(store, 100_000);
  expectIntact(store, kept);
  expect(store.liveBytes).toBe(1000 * 696);
});

test("where there is a space, packets in memory stay below a limit and the others come back from there", () => {
  const space = spaceOf(100_000_000);
  const store = new PacketStore(space, 2_000_000);
  const kept = fillAndKeep(store, 1_000_000);
  expect(store.liveBytes).toBeLessThan(3_000_000);
  expect(space.used).toBeGreaterThan(4_000_000);
  expectIntact(store, kept);
});

test("room in the space is used again when the packets there are released", () => {
  const space = spaceOf(100_000_000);
  const store = new PacketStore(space, 1_000_000);
  for (let round = 0; round < 10; round++) {
    const kept = fillAndKeep(store, 300_000);
    expectIntact(store, kept);
    for (const [ref] of kept.values()) store.release(ref);
  }
  expect(store.liveBytes).toBe(0);
  expect(space.used).toBeLessThan(20_000_000);
});

test("what finds no room in the space stays in memory", () => {
  const store = new PacketStore(spaceOf(1_000_000), 1_000_000);
  const kept = fillAndKeep(store, 500_000);
  expect(store.liveBytes).toBeGreaterThan(2_000_000);
  expectIntact(store, kept);
});

test("packets of one call stay readable while others are read from the space", () => {
  const store = new PacketStore(spaceOf(400_000_000), 0);
  const refs: PacketRef[] = [];
  for (let i = 0; i < 100_000; i++) store.add(filled(i & 255, 600, { frame: i }), refs);
  const far = refs.filter((_, i) => i % 400 === 0);
  const packets = far.map((ref) => store.get(ref));
  for (const [i, packet] of packets.entries())
    expect(bytesOf(packet)).toEqual(new Uint8Array(600).fill((i * 400) & 255));
});

test("short messages are counted by what they cost", () => {
  const store = new PacketStore();
  const refs: PacketRef[] = [];
  for (let i = 0; i < 1000; i++) store.add(filled(1, 1), refs);
  expect(store.liveBytes).toBeGreaterThan(100_000);
  for (const ref of refs) store.release(ref);
  expect(store.liveBytes).toBe(0);
});
