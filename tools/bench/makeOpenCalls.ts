import { CaptureWriter } from "./captureWriter.ts";

const START_MICROS = Date.UTC(2026, 10, 22, 7) * 1000;
/** Between two messages: however many there are, no call ends by itself. */
const STEP_MICROS = 5000;
/** Of a call: INVITE, 200, ACK. */
const FIRST_MESSAGES = 3;

/** Writes a capture in which so many calls are set up and none ends; the other messages are OPTIONS and their answers inside of these, by turns. */
export function makeOpenCalls(path: string, calls: number, messages: number): void {
  const writer = new CaptureWriter(path);
  let time = START_MICROS;
  const write = (text: string, fromCaller: boolean): void => {
    const bytes = frame(text, fromCaller);
    writer.write({ bytes, originalLength: bytes.length, offsetMicros: 0, isSip: true, patches: [] }, time, 0);
    time += STEP_MICROS;
  };
  let left = messages;
  for (let call = 0; call < calls && left >= FIRST_MESSAGES; call++, left -= FIRST_MESSAGES) {
    write(request(call, "INVITE", 1), true);
    write(answer(call, "INVITE", 1), false);
    write(request(call, "ACK", 1), true);
  }
  for (let turn = 0; left >= 2; turn++, left -= 2) {
    const [call, cseq] = [turn % calls, 2 + Math.floor(turn / calls)];
    write(request(call, "OPTIONS", cseq), true);
    write(answer(call, "OPTIONS", cseq), false);
  }
  writer.close();
}

function request(call: number, method: string, cseq: number): string {
  const tag = method === "INVITE" ? "" : ";tag=b";
  return `${method} sip:bob@10.9.0.30 SIP/2.0\r\n${fields(call, method, cseq, tag)}Max-Forwards: 70\r\nContact: <sip:alice@10.9.0.10>\r\n\r\n`;
}

function answer(call: number, method: string, cseq: number): string {
  return `SIP/2.0 200 OK\r\n${fields(call, method, cseq, ";tag=b")}Contact: <sip:bob@10.9.0.30>\r\n\r\n`;
}

function fields(call: number, method: string, cseq: number, tag: string): string {
  return [
    `Via: SIP/2.0/UDP 10.9.0.10:5060;branch=z9hG4bK-${call}-${cseq}-${method}`,
    `From: <sip:alice@example.test>;tag=a${call}`,
    `To: <sip:bob@example.test>${tag}`,
    `Call-ID: open-${call}@10.9.0.10`,
    `CSeq: ${cseq} ${method}`,
    "Content-Length: 0",
    "",
  ].join("\r\n");
}

/** Ethernet, IPv4, UDP between 10.9.0.10 and 10.9.0.30, without checksums of UDP. */
function frame(text: string, fromCaller: boolean): Buffer {
  const bytes = Buffer.alloc(42 + text.length);
  bytes.writeUInt16BE(0x0800, 12);
  bytes.set([0x45, 0], 14);
  bytes.writeUInt16BE(28 + text.length, 16);
  bytes.set([64, 17], 22);
  bytes.set([10, 9, 0, fromCaller ? 10 : 30, 10, 9, 0, fromCaller ? 30 : 10], 26);
  bytes.writeUInt16BE(5060, 34);
  bytes.writeUInt16BE(5060, 36);
  bytes.writeUInt16BE(8 + text.length, 38);
  bytes.write(text, 42, "latin1");
  return bytes;
}
