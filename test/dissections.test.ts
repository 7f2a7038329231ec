import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeTlsCrypto } from "../packages/cli/src/nodeTlsCrypto.ts";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { capturesFolder } from "./explain.ts";
import { missingPeers } from "./peers.ts";
import { root } from "./sources.ts";

const advice = missingPeers(["tshark"]);

/** How tshark prints all of a packet. */
const forms: Readonly<Record<string, readonly string[]>> = {
  "-T json": ["-T", "json"],
  "-T json -x": ["-T", "json", "-x"],
  "-T ek": ["-T", "ek"],
  "-T pdml": ["-T", "pdml"],
  "-V": ["-V"],
  "-V -x": ["-V", "-x"],
};

/** UDP, ICMP errors, fragments, TCP with several messages in a segment and the other way round, SCTP, WebSocket, tunnels, HEP, bytes that tshark does not take for SIP. */
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
  "z-icmp-quotes-invite",
];

/** There tshark does not take two messages for SIP, and of an error it tells in this form only that it was one. */
const lossy: ReadonlySet<string> = new Set(["k-tcp-segments -V", "z-icmp-quotes-invite -V"]);

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

    test.for(["tls13-aes-128-gcm", "kamailio-node-wss"])("%s, which tshark had the keys of", async (name) => {
      const file = join(root, "fixtures/tls", name);
      const keyLog = readFileSync(`${file}.keys`, "utf8");
      const { calls } = await analyze([{ name, bytes: readFileSync(`${file}.pcap`) }], {
        language,
        keyLog,
        tlsCrypto: nodeTlsCrypto,
      });
      const opened = ["-o", `tls.keylog_file:${file}.keys`, "-d", "tcp.port==5061,tls"];
      for (const form of ["json", "ek", "pdml"]) {
        const printed = print(`${file}.pcap`, [...opened, "-T", form]);
        const report = await analyze([{ name, bytes: printed }], { language });
        expect(
          report.calls.map(({ outcome }) => outcome),
          form,
        ).toEqual(calls.map(({ outcome }) => outcome));
      }
    });
  },
);
