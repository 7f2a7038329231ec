import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { nodeTlsCrypto } from "../packages/cli/src/nodeTlsCrypto.ts";
import { ipHeader, ipSides } from "../packages/core/src/bytes/ipHeader.ts";
import { joined } from "../packages/core/src/bytes/joined.ts";
import { latin1Bytes } from "../packages/core/src/bytes/latin1.ts";
import { rebuiltDatagram } from "../packages/core/src/capture/text/rebuiltPacket.ts";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { capturesFolder } from "./explain.ts";
import { missingPeers } from "./peers.ts";
import { root } from "./sources.ts";

const advice = missingPeers(["tshark"]);
const folder = mkdtempSync(join(tmpdir(), "sipwhy-dissections-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** How tshark prints all of a packet. */
const forms: Readonly<Record<string, readonly string[]>> = {
  "-T json": ["-T", "json"],
  "-T json -x": ["-T", "json", "-x"],
  "-T ek": ["-T", "ek"],
  "-T pdml": ["-T", "pdml"],
  "-V": ["-V"],
  "-V -x": ["-V", "-x"],
};

/** UDP, ICMP, fragments, TCP with several messages in a segment and the other way round, SCTP, WebSocket, tunnels, HEP, bytes that tshark does not take for SIP. */
const names = [
  "d2-refer-486-baresip",
  "f1-502-malformed-badline",
  "k-tcp-segments",
  "l-udp-fragmented-invite",
  "m-ipv6",
  "o-hep3-kamailio",
  "v-websocket-call",
  "w-tunnels-open-vswitch",
  "y-sctp-call",
];

/** There tshark does not take two messages for SIP. */
const lossy: ReadonlySet<string> = new Set(["k-tcp-segments -V"]);

function print(file: string, args: readonly string[]): Buffer {
  return execFileSync("tshark", ["-r", file, ...args], { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
}

function told({ captures: [{ messages }], calls }: Report): unknown {
  return [
    messages,
    calls.map(({ outcome, findings, startTime, durationSeconds }) => [
      startTime,
      durationSeconds,
      outcome,
      findings.map(({ rule, cause, verdict, values }) => [rule, cause, verdict, values]),
    ]),
  ];
}

describe.skipIf(advice !== undefined && !process.env.CI)(
  `what tshark prints of a capture tells the same as the capture (${advice ?? "tshark"})`,
  () => {
    for (const name of names) {
      const file = join(capturesFolder, `${name}.pcap`);
      const whole = Object.entries(forms).filter(([form]) => !lossy.has(`${name} ${form}`));
      test.for(whole)(`${name} %s`, async ([form, args]) => {
        if (advice !== undefined) throw new Error(advice);
        const expected = told(await analyze([{ name, bytes: readFileSync(file) }], { language }));
        expect(told(await analyze([{ name, bytes: print(file, args) }], { language })), form).toEqual(expected);
      });
    }

    test.for(["-T json", "-T json -x", "-T ek", "-T pdml", "-V -x"])(
      "an INVITE that ICMP errors quote: %s",
      async (form) => {
        const file = join(folder, "quoted.pcap");
        writeFileSync(file, quotedInvites());
        const expected = await analyze([{ name: "quoted", bytes: readFileSync(file) }], { language });
        expect(expected.calls[0].findings.map(({ cause }) => cause)).toEqual(["icmp-unreachable"]);
        const report = await analyze([{ name: "quoted", bytes: print(file, forms[form]) }], { language });
        expect(told(report)).toEqual(told(expected));
      },
    );

    test("an INVITE that ICMP errors quote, where no more is printed than that they are errors", async () => {
      const file = join(folder, "quoted.pcap");
      writeFileSync(file, quotedInvites());
      const report = await analyze([{ name: "quoted", bytes: print(file, ["-V"]) }], { language });
      expect(report.captures[0].messages).toBe(3);
    });

    test.for(["tls13-aes-128-gcm", "kamailio-node-wss"])("%s, which tshark had the keys of", async (name) => {
      const file = join(root, "fixtures/tls", name);
      const keyLog = readFileSync(`${file}.keys`, "utf8");
      const { calls } = await analyze([{ name, bytes: readFileSync(`${file}.pcap`) }], {
        language,
        keyLog,
        tlsCrypto: nodeTlsCrypto,
      });
      const opened = ["-o", `tls.keylog_file:${file}.keys`, "-d", "tcp.port==5061,tls"];
      for (const [form, args] of Object.entries(forms)) {
        const printed = print(`${file}.pcap`, [...opened, ...args]);
        const report = await analyze([{ name, bytes: printed }], { language });
        expect(
          report.calls.map(({ outcome }) => outcome),
          form,
        ).toEqual(calls.map(({ outcome }) => outcome));
        const [{ input, incidents }] = report.captures;
        expect(Object.keys(input?.messages ?? {}), form).toEqual([name.endsWith("wss") ? "wss" : "tls"]);
        // What is in a body is not printed as it was.
        expect(
          incidents.map(({ kind }) => kind).filter((kind) => kind !== "messages-cut" && kind !== "text-mended"),
          form,
        ).toEqual([]);
      }
    });
  },
);

/** Three times an INVITE over UDP, and what the host says to which nobody listens there. */
function quotedInvites(): Uint8Array {
  const [caller, callee] = [
    { host: "10.9.0.10", port: 5062 },
    { host: "10.9.0.20", port: 5070 },
  ];
  const invite = latin1Bytes(
    "INVITE sip:1002@10.9.0.20:5070 SIP/2.0\r\nVia: SIP/2.0/UDP 10.9.0.10:5062;branch=z9hG4bK1\r\nFrom: <sip:1001@example.test>;tag=1\r\n" +
      "To: <sip:1002@example.test>\r\nCall-ID: quoted@10.9.0.10\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n",
  );
  const back = ipSides(callee.host, caller.host);
  const records = [0, 500_000, 1_500_000].flatMap((micros, index) => {
    const sent = rebuiltDatagram(invite, caller, callee, index + 1);
    const error = joined([Uint8Array.of(3, 3, 0, 0, 0, 0, 0, 0), sent]);
    return [record(micros, sent), record(micros + 20, joined([ipHeader(back, 1, error.length, index + 1), error]))];
  });
  const header = new DataView(new ArrayBuffer(24));
  for (const [at, value] of [0xa1b2c3d4, 0x00020004, 0, 0, 65_535, 101].entries()) header.setUint32(at * 4, value);
  return joined([new Uint8Array(header.buffer), ...records]);
}

function record(micros: number, packet: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(16));
  const seconds = 1_795_331_204 + Math.floor(micros / 1e6);
  for (const [at, value] of [seconds, micros % 1e6, packet.length, packet.length].entries())
    header.setUint32(at * 4, value);
  return joined([new Uint8Array(header.buffer), packet]);
}
