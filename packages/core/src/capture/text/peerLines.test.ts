import { describe, expect, test } from "vitest";
import type { Packet } from "../../network/packet.ts";
import { logOf, ofCore, read, text } from "../../../test/readTrace.ts";

/** What a program writes about a message of the core proxy, written after its documented lines. */
interface Entry {
  readonly isReceived: boolean;
  readonly peer: string;
  readonly peerAddress: string;
  readonly bytes: number;
  readonly clock: string;
  readonly lines: string;
}

const OWN = "10.9.0.21:5060";

function entryOf(packet: Packet): Entry {
  const isReceived = packet.destination.text === OWN;
  const peer = isReceived ? packet.source : packet.destination;
  return {
    isReceived,
    peer: peer.text,
    peerAddress: peer.address,
    bytes: packet.end - packet.start,
    clock: new Date(packet.timeMicros / 1000).toISOString().slice(11, 23),
    lines: text(packet).replaceAll("\r\n", "\n"),
  };
}

function lyncEntry({ isReceived, peer, clock, lines }: Entry): string {
  const [header, body] = lines.split("\n\n", 2);
  const [startLine, ...fields] = header.split("\n");
  return [
    `TL_INFO(TF_PROTOCOL) [0]0A4C.1234::11/22/2026-${clock}.0012ab34 (SIPStack,SIPAdminLog::ProtocolRecord::Flush:ProtocolRecord.cpp(196)) [1234567] $$begin_record`,
    "Trace-Correlation-Id: 1234567",
    "Instance-Id: 1A2B",
    `Direction: ${isReceived ? "incoming" : "outgoing"};source="internal edge";destination="external edge"`,
    `Peer: ${peer}`,
    `Message-Type: ${startLine.startsWith("SIP/") ? "response" : "request"}`,
    `Start-Line: ${startLine}`,
    ...fields,
    ...(body === "" ? [] : [`Message-Body: ${body.trimEnd()}`]),
    "$$end_record",
    "",
  ].join("\n");
}

function lyncClientEntry({ isReceived, peer, bytes, clock, lines }: Entry): string {
  const begin = `11/22/2026|${clock} 1A2C:1B34 INFO  :: `;
  const way = isReceived
    ? `Data Received - ${peer} (To Local Address: ${OWN}) ${bytes} bytes:`
    : `Sending Packet - ${peer} (From Local Address: ${OWN}) ${bytes} bytes:`;
  return `${begin}${way}\n${begin}${lines}\n${begin}End of ${way}\n`;
}

function polycomEntry({ isReceived, peer, clock, lines }: Entry): string {
  const begin = `1122${clock.slice(0, 8).replaceAll(":", "")}.${clock.slice(9)}|sip  |0|00|`;
  const way = isReceived ? `<<< Data received from ${peer}` : `>>> Data Send to ${peer}`;
  return `${begin}${way}\n${lines.replaceAll(/^/gm, `${begin}    `)}\n`;
}

const logs: Readonly<Record<string, (entry: Entry) => string>> = {
  genesys: ({ isReceived, peer, bytes, clock, lines }) =>
    `${clock}: ${isReceived ? "Received" : "Sending "} [0,UDP] ${bytes} bytes ${isReceived ? "from" : "to"} ${peer} ${isReceived ? "<<<<<" : ">>>>>"}\n${lines}\n`,
  snom: ({ isReceived, peer, bytes, clock, lines }) =>
    `${isReceived ? "Received from" : "Sent to"} udp:${peer} at Nov 22 ${clock} (${bytes} bytes):\n\n${lines}\n`,
  broadworks: ({ isReceived, peer, bytes, clock, lines }) =>
    `2026.11.22 ${clock.replace(".", ":")} CET | Info       | Sip | +49301234567 | localHost2901:0\n\n\tudp ${bytes} Bytes ${isReceived ? "IN from" : "OUT to"} ${peer}\n\n${lines}\n`,
  fritzbox: ({ isReceived, peerAddress, clock, lines }) =>
    `2026-11-22 ${clock} - ${isReceived ? "IN" : "OUT"}: my=10.9.0.21%16:5060 peer=${peerAddress} port=5060 UDP, sipiface=none:\n${lines}\n`,
  polycom: polycomEntry,
  "lync-client": lyncClientEntry,
  "lync-s4": lyncEntry,
};

describe("a log that says before each message which way it went gives its sides and its time", () => {
  test.for(Object.entries(logs))("%s", ([format, write]) => {
    const { packets, ...result } = read(logOf(ofCore.map((packet) => write(entryOf(packet))).join("")));
    expect(result).toMatchObject({ format, frames: ofCore.length });
    expect(packets.map(text)).toEqual(ofCore.map(text));
    expect(packets[0].transport).toBe(format.startsWith("lync") ? "tls" : "udp");
    for (const [index, packet] of packets.entries()) {
      const sent = ofCore[index];
      const peer = sent.destination.text === OWN ? "source" : "destination";
      expect([packet[peer].text, packet[peer].inferred]).toEqual([sent[peer].text, undefined]);
      expect(Math.abs(packet.timeMicros - sent.timeMicros) % 86_400_000_000).toBeLessThan(1000);
    }
  });
});

test("a server's log gives a body that is no session description", () => {
  const body = "--next\nContent-Type: application/sdp\n\nv=0\n--next--\n";
  const fields = `CSeq: 1 INVITE\nContent-Type: multipart/mixed;boundary=next\nContent-Length: ${body.length}`;
  const header = `INVITE sip:b@10.9.0.20 SIP/2.0\nVia: SIP/2.0/TLS 10.9.0.10;branch=z9hG4bK1\nFrom: <sip:a@x>;tag=1\nTo: <sip:b@x>\nCall-ID: one\n${fields}`;
  const entry = { isReceived: true, peer: "10.9.0.10:5061", peerAddress: "", bytes: 0, clock: "07:06:44.357" };
  const { packets } = read(logOf(lyncEntry({ ...entry, lines: `${header}\n\n${body.replace("\n\n", "\n")}` })));
  expect(packets.map((packet) => text(packet).split("\r\n\r\n")[1].split(/\r?\n/)[0])).toEqual(["--next"]);
});

test("what SIPml5 prints has its direction before the start line", () => {
  const log = ofCore
    .map(entryOf)
    .map(({ isReceived, lines }) => `${isReceived ? "recv=" : "SEND: "}${lines}\nState machine: x\n`);
  const { format, packets } = read(logOf(log.join("")));
  expect([format, packets.map(text)]).toEqual(["websocket-console", ofCore.map(text)]);
});
