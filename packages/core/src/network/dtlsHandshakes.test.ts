import { expect, test } from "vitest";
import { type FrameBytes, observe, u16, u32 } from "./bytes.fixture.ts";
import type { DtlsHandshake } from "./packet.ts";
import { back, there } from "./stun.fixture.ts";

let sequence = 0;

function record(type: number, epoch: number, body: readonly number[], number = ++sequence): number[] {
  return [type, 0xfe, 0xfd, ...u16(epoch), 0, 0, ...u32(number), ...u16(body.length), ...body];
}

/** Type, length, number, and the place of this fragment. RFC 9147 §5.2 */
function handshake(type: number, fragmentAt = 0): number[] {
  return [type, 0, 0, 60, ...u16(0), 0, ...u16(fragmentAt), 0, ...u16(30), ...Array.from({ length: 30 }, () => 0)];
}

const hello = (): number[] => record(22, 0, handshake(1));
const serverHello = (): number[] => record(22, 0, handshake(2));
const changeCipherSpec = (): number[] => record(20, 0, [1]);
const alert = (level: number, description: number): number[] => record(21, 0, [level, description]);
const sealed = (): number[] =>
  record(
    22,
    1,
    Array.from({ length: 40 }, () => 7),
  );
/** An alert of version 1.3: level, description, type and tag. */
const sealedAlert = [0x2e, ...u16(5, 19), ...Array.from({ length: 19 }, () => 7)];

/** What is known in the end. */
function handshakeIn(frames: readonly FrameBytes[]): DtlsHandshake | undefined {
  return observe(frames).events.findLast((event): event is DtlsHandshake => event.kind === "dtls-handshake");
}

test("a handshake that goes well is complete when both sides encrypt", () => {
  const begun = [there(0, hello()), back(10, [...serverHello(), ...record(22, 0, handshake(11))])];
  expect(handshakeIn(begun)).toMatchObject({
    source: { text: "10.9.0.10:4000" },
    destination: { text: "10.9.0.20:5000" },
    hellos: 1,
    isAnswered: true,
    isComplete: false,
  });
  const client = there(20, [...record(22, 0, handshake(16)), ...changeCipherSpec(), ...sealed()]);
  expect(handshakeIn([...begun, client])).toMatchObject({ isComplete: false });
  expect(handshakeIn([...begun, client, back(30, [...changeCipherSpec(), ...sealed()])])).toMatchObject({
    isComplete: true,
    alert: "",
    isSealed: false,
  });
});

test("a ClientHello that comes again is counted, whatever number of packets it takes", () => {
  const rest = (): number[] => record(22, 0, handshake(1, 30));
  const frames = [0, 400, 1200].flatMap((at) => [there(at, hello()), there(at + 0.1, rest())]);
  expect(handshakeIn(frames)).toMatchObject({ hellos: 3, isAnswered: false, timeMicros: 1_200_000, firstMicros: 0 });
});

test("one that two taps saw is counted once", () => {
  const once = hello();
  expect(handshakeIn([there(0, once), there(0.1, once)])).toMatchObject({ hellos: 1 });
});

test("those that come after the answer are told apart", () => {
  const frames = [there(0, hello()), back(1, serverHello()), there(400, hello()), there(1200, hello())];
  expect(handshakeIn(frames)).toMatchObject({ hellos: 3, repeatedHellos: 2 });
});

test.each([
  ["client", there, false],
  ["server", back, true],
])("the alert of the %s ends it, and has a name", (_, send, isAlertOfServer) => {
  const frames = [there(0, hello()), back(1, serverHello()), send(2, alert(2, 42)), there(3, alert(2, 80))];
  expect(handshakeIn(frames)).toMatchObject({ alert: "bad_certificate", isAlertOfServer, isSealed: false, frame: 3 });
});

test("a warning ends nothing", () => {
  expect(handshakeIn([there(0, hello()), back(1, serverHello()), back(2, alert(1, 0))])).toMatchObject({ alert: "" });
});

test.each([
  [
    "1.2",
    record(
      21,
      1,
      Array.from({ length: 26 }, () => 7),
    ),
  ],
  ["1.3", sealedAlert],
])("an alert of version %s that is encrypted is known by its shape", (_, payload) => {
  const frames = [there(0, hello()), back(1, serverHello()), back(2, payload)];
  expect(handshakeIn(frames)).toMatchObject({ alert: "", isSealed: true, isAlertOfServer: true, timeMicros: 2000 });
});

test("data that is encrypted is none", () => {
  const data = [0x2f, ...u16(5, 35), ...Array.from({ length: 35 }, () => 7)];
  const frames = [there(0, hello()), back(1, serverHello()), back(2, data), back(3, record(23, 1, sealedAlert))];
  expect(handshakeIn(frames)).toMatchObject({ isSealed: false, frame: 1 });
});

test("what belongs to no handshake is not told", () => {
  expect(handshakeIn([back(1, serverHello()), there(2, alert(2, 40)), there(3, sealedAlert)])).toBeUndefined();
});

test("a ClientHello after a long pause begins another handshake", () => {
  const frames = [there(0, hello()), back(1, alert(2, 40)), there(120_000, hello())];
  expect(handshakeIn(frames)).toMatchObject({ hellos: 1, alert: "", firstMicros: 120_000_000 });
});
