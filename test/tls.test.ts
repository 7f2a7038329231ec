import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeTlsCrypto } from "../packages/cli/src/nodeTlsCrypto.ts";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { joinRecords, readRecords, type CaptureRecord } from "../tools/score/captureRecords.ts";
import { peer, type Run } from "./peers.ts";
import { root } from "./sources.ts";

const folder = join(root, "fixtures", "tls");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".pcap"))
  .map((file) => file.slice(0, -".pcap".length));
const pcap = (name: string): Uint8Array => readFileSync(join(folder, `${name}.pcap`));
const keysOf = (name: string): string => readFileSync(join(folder, `${name}.keys`), "utf8");

/** A suite that is not supported. */
const closed = "tls12-ccm";

function explain(bytes: Uint8Array, keyLog?: string): Promise<Report> {
  return analyze([{ name: "capture", bytes }], { language, messages: true, keyLog, tlsCrypto: nodeTlsCrypto });
}

/** `frame method-or-status Call-ID`, in order of frames. */
function messagesOf({ calls }: Report): string[] {
  const messages = calls.flatMap((call) => call.messages ?? []);
  return messages
    .map(({ frame, statusCode, method, callId }) => `${frame} ${statusCode ?? method} ${callId}`)
    .toSorted(byFrame);
}

function byFrame(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}

function incidentsOf({ captures: [{ incidents }] }: Report): string[] {
  return incidents.map(({ kind, count, text }) => `${count} ${kind}: ${text}`);
}

function seenByTshark(run: Run, name: string): string[] {
  const fields = ["frame.number", "sip.Method", "sip.Status-Code", "sip.Call-ID"].flatMap((field) => ["-e", field]);
  const keys = ["-o", `tls.keylog_file:${join(folder, `${name}.keys`)}`];
  const rows = run(["-n", ...keys, "-r", join(folder, `${name}.pcap`), "-Y", "sip", "-T", "fields", ...fields]);
  return rows
    .split("\n")
    .filter(Boolean)
    .flatMap((row) => {
      const [frame, methods, codes, callIds] = row.split("\t");
      const firsts = [...methods.split(","), ...codes.split(",")].filter(Boolean);
      return callIds.split(",").map((callId, index) => `${frame} ${firsts[index]} ${callId}`);
    })
    .toSorted(byFrame);
}

describe("with its key log, what a TLS connection carries is read as tshark reads it", () => {
  const withTshark = peer("tshark");
  for (const name of names.filter((each) => each !== closed && !each.startsWith("failed"))) {
    withTshark(name, async (run) => {
      const report = await explain(pcap(name), keysOf(name));
      const seen = seenByTshark(run, name);
      expect(messagesOf(report)).toEqual(seen);
      expect(seen.length).toBeGreaterThan(5);
      expect(incidentsOf(report)).toEqual([]);
    });
  }
});

test.each([
  ["tls", "tls13-psk"],
  ["wss", "kamailio-node-wss"],
])("its messages came over %s", async (expected, name) => {
  const { calls } = await explain(pcap(name), keysOf(name));
  const transports = calls.flatMap(({ messages = [] }) => messages.map(({ transport }) => transport));
  expect(new Set(transports)).toEqual(new Set([expected]));
});

test("an answer inside TLS that is no SIP is shown", async () => {
  const name = "failed-not-sip";
  const { calls } = await explain(pcap(name), keysOf(name));
  const findings = calls.flatMap((call) => call.findings);
  expect(findings).toMatchObject([{ rule: "request-unanswered", cause: "not-sip", verdict: "certain" }]);
  expect(findings[0].evidence.map(({ quote }) => quote)).toContain("HTTP/1.1 400 Bad Request");
});

test("the secrets that a pcapng file holds are enough", async () => {
  const report = await explain(readFileSync(join(folder, "with-secrets.pcapng")));
  expect(messagesOf(report)).toEqual(messagesOf(await explain(pcap("tls13-psk"), keysOf("tls13-psk"))));
  expect(incidentsOf(report)).toEqual([]);
});

test("no key gets into a report", async () => {
  const name = "tls12-renegotiation";
  const text = JSON.stringify(await explain(pcap(name), keysOf(name)));
  for (const secret of keysOf(name).match(/[0-9a-fA-F]{64,}/g)!) {
    expect(text.toLowerCase()).not.toContain(secret.toLowerCase().slice(0, 16));
  }
});

describe("what cannot be read is said", () => {
  const name = "tls13-psk";

  test("without keys, by the number of connections", async () => {
    const report = await explain(pcap(name));
    expect(report.totals.messages).toBe(0);
    expect(incidentsOf(report)).toEqual([
      "2 encrypted: 2 TLS connections are encrypted and cannot be read. Have one of their sides log the TLS keys (`SSLKEYLOGFILE`) and give them with the capture, or have it log or mirror its SIP messages in the clear.",
    ]);
  });

  test("with the keys of another connection", async () => {
    expect(incidentsOf(await explain(pcap(name), keysOf("tls13-chacha20")))).toEqual([
      expect.stringMatching(/^2 encrypted: 2 TLS connections cannot be read: the keys given are not those/),
    ]);
  });

  test("with the keys of one of two connections", async () => {
    const [first] = /^CLIENT_TRAFFIC_SECRET_0 (\S+)/mu.exec(keysOf(name))!.slice(1);
    const some = keysOf(name)
      .split("\n")
      .filter((line) => line.includes(first));
    const report = await explain(pcap(name), some.join("\n"));
    expect(report.totals.messages).toBe(6);
    expect(incidentsOf(report)).toEqual([expect.stringMatching(/^1 encrypted: 1 TLS connection cannot be read: /)]);
  });

  test("a suite that is not supported", async () => {
    expect(incidentsOf(await explain(pcap(closed), keysOf(closed)))).toEqual([
      expect.stringContaining("its TLS version or cipher suite is not supported"),
    ]);
  });

  test("a connection renegotiated with keys that are not given is read up to there", async () => {
    const renegotiated = "tls12-renegotiation";
    const [comment, first] = keysOf(renegotiated).split("\n");
    const report = await explain(pcap(renegotiated), `${comment}\n${first}\n`);
    expect(report.totals.messages).toBe(6);
    expect(incidentsOf(report)).toEqual([expect.stringMatching(/^1 encrypted: .*the keys given are not those/)]);
  });

  test("a capture that begins in the middle of the handshake, or after it", async () => {
    for (const missing of [4, 5, 6, 9]) {
      const report = await explain(
        changed(name, (records) => records.slice(missing, 20)),
        keysOf(name),
      );
      expect(report.totals.messages).toBe(0);
      expect(incidentsOf(report)).toEqual([expect.stringContaining("its handshake is not whole in the capture")]);
    }
  });

  test("a record that does not verify, of which nothing is shown", async () => {
    const report = await explain(
      changed(name, (records) => records.map(flipLast(13))),
      keysOf(name),
    );
    expect(incidentsOf(report)).toEqual([expect.stringMatching(/^1 decryption-failed: 1 TLS record did not verify/)]);
    expect(report.totals.messages).toBe(11);
  });
});

describe("of a handshake that failed", () => {
  const found = async (name: string, keyLog?: string): Promise<string[]> =>
    (await explain(pcap(name), keyLog)).findings.map(
      ({ cause, verdict, values }) => `${cause} ${verdict} ${values.alert}`,
    );

  test("a certificate that is out of date is shown with its dates", async () => {
    const { findings } = await explain(pcap("failed-expired"));
    expect(findings).toMatchObject([
      { rule: "tls-handshake-failed", cause: "certificate-expired", verdict: "certain" },
    ]);
    expect(findings[0].evidence.map(({ quote }) => quote)).toEqual([
      expect.stringMatching(
        /^TLS Certificate: CN=sip\.example\.test, sip\.example\.test; issued by CN=sip\.example\.test; valid \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/,
      ),
      expect.stringMatching(/^TLS Alert: certificate_expired/),
    ]);
  });

  test("a certificate for other names is likely the reason of bad_certificate", async () => {
    const { findings } = await explain(pcap("failed-name"));
    expect(findings).toMatchObject([{ cause: "name-mismatch", verdict: "likely" }]);
    expect(findings[0].why).toContain("for other names: sip.example.test, sip:example.test.");
    expect(findings[0].why).toContain("pbx.example.net");
  });

  test("a client of TLS 1.3 that has not taken its keys into use sends its alert in clear text", async () => {
    const name = "failed-unknown-ca";
    expect(await found(name)).toEqual(["unknown-ca certain unknown_ca"]);
    expect(await found(name, keysOf(name))).toEqual(["self-signed certain unknown_ca"]);
  });

  test("the keys of TLS 1.3 show the certificate as well", async () => {
    const name = "failed-unknown-ca";
    const { findings } = await explain(pcap(name), keysOf(name));
    expect(findings[0].evidence[0].quote).toMatch(/^TLS Certificate: CN=sip\.example\.test/);
    expect((await explain(pcap(name))).findings[0].evidence[0].quote).toMatch(/^TLS Alert: /);
  });

  test("of a connection whose log ends with the handshake the rest is counted as without keys", async () => {
    const name = "tls13-chacha20";
    const handshake = keysOf(name).replace(/^\w+_TRAFFIC_SECRET_0 .*$/gmu, "");
    const report = await explain(pcap(name), handshake);
    expect(report.totals.messages).toBe(0);
    expect(incidentsOf(report)).toEqual([expect.stringMatching(/^1 encrypted: .*the keys given are not those/)]);
  });

  test("a server that misses the client's certificate after its own handshake is heard with the keys", async () => {
    const name = "failed-client-certificate";
    expect(await found(name, keysOf(name))).toEqual(["certificate-required certain certificate_required"]);
    expect(await found(name)).toEqual(["certificate-required likely "]);
  });
});

describe("of a connection that came to nothing", () => {
  const told = async (name: string, keyLog?: string): Promise<string[]> => {
    const { findings, calls } = await explain(pcap(name), keyLog);
    return [...findings, ...calls.flatMap((call) => call.findings)].map(
      ({ rule, cause, verdict }) => `${rule} ${cause} ${verdict}`,
    );
  };

  test("a server up to TLS 1.2 that misses the client's certificate says only that the handshake failed", async () => {
    expect(await told("failed-client-certificate-tls12")).toEqual(["tls-handshake-failed certificate-required likely"]);
  });

  test("that a server of TLS 1.3 did not take the client's certificate is told by sizes, with the keys its alert", async () => {
    const name = "failed-client-refused";
    expect(await told(name)).toEqual(["tls-handshake-failed client-certificate-refused likely"]);
    expect((await explain(pcap(name), keysOf(name))).findings[0].values.alert).toBe("unknown_ca");
  });

  test("a certificate that was sent without that of its issuer says where that can be had", async () => {
    const { findings } = await explain(pcap("failed-chain"));
    expect(findings).toMatchObject([{ cause: "chain-incomplete", verdict: "likely" }]);
    expect(findings[0].fix[0]).toContain("`http://ca.example.test/issuing.cer`");
  });

  test("an answer to a ClientHello that is no TLS is shown", async () => {
    const { findings } = await explain(pcap("failed-not-tls"));
    expect(findings).toMatchObject([{ cause: "not-tls", verdict: "certain" }]);
    expect(findings[0].evidence.map(({ quote }) => quote)).toEqual(["HTTP/1.1 400 Bad Request"]);
  });

  test("a ClientHello to a port for SIP in the clear is met by silence", async () => {
    expect(await told("failed-clear-port")).toEqual(["tls-handshake-failed hello-unanswered likely"]);
  });

  test("SIP in the clear is closed on by a port for TLS, some say why", async () => {
    expect(await told("failed-clear-to-openssl")).toEqual(["request-unanswered connection-closed likely"]);
    expect(await told("failed-clear-to-gnutls")).toEqual(["request-unanswered connection-closed certain"]);
    expect(incidentsOf(await explain(pcap("failed-clear-to-gnutls")))).toEqual([]);
  });
});

test("a connection seen from its ClientHello on is read, with or without the frames before it", async () => {
  const name = "tls12-aes-128-gcm";
  const report = await explain(
    changed(name, (records) => records.slice(3)),
    keysOf(name),
  );
  expect(report.totals.messages).toBe(6);
});

describe("with frames in another order or missing", () => {
  const few = ["tls13-key-update", "tls12-aes-128-gcm", "tls12-cbc-mac-first", "kamailio-node-tls13"];

  test.each(few)("%s: after a hole the next records are read again", async (name) => {
    const whole = (await explain(pcap(name), keysOf(name))).calls.flatMap(({ messages = [] }) => messages);
    const last = `${whole.at(-1)!.callId} ${whole.at(-1)!.label}`;
    const first = whole[0].frame - 1;
    const report = await explain(
      changed(name, (records) => records.toSpliced(first, 1)),
      keysOf(name),
    );
    const read = report.calls.flatMap(({ messages = [] }) => messages.map(({ callId, label }) => `${callId} ${label}`));
    expect(read).toContain(last);
    expect(incidentsOf(report).join()).toContain("packets-missing");
  });

  test.each(few)("%s: neighbours that changed places change nothing", async (name) => {
    const whole = withoutFrames(await explain(pcap(name), keysOf(name)));
    for (let index = 3; index < (readRecords(pcap(name))?.records.length ?? 0) - 5; index++) {
      const swapped = changed(name, (records) => records.toSpliced(index, 2, records[index + 1], records[index]));
      expect(withoutFrames(await explain(swapped, keysOf(name))), `frame ${index + 1}`).toEqual(whole);
    }
  });

  test.each(few)("%s: nothing is read that was not sent", async (name) => {
    const whole = new Set(withoutFrames(await explain(pcap(name), keysOf(name))));
    for (let index = 0; index < (readRecords(pcap(name))?.records.length ?? 0); index++) {
      const report = await explain(
        changed(name, (records) => records.toSpliced(index, 1)),
        keysOf(name),
      );
      for (const message of withoutFrames(report)) expect(whole, `frame ${index + 1}`).toContain(message);
    }
  });
});

describe("damaged captures and key logs are no reason to stop, and give no message that was not sent", () => {
  const some = ["tls13-psk", "tls12-cbc-sha", "tls12-renegotiation", "tls12-chacha20", "tls10-cbc"];

  test.each(some)("bits of %s", async (name) => {
    const file = pcap(name);
    const most = (await explain(file, keysOf(name))).totals.messages;
    const flips = fc.array(fc.tuple(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(flips, fc.nat(file.length), async (list, cut) => {
        const bytes = Uint8Array.from(file);
        for (const [at, mask] of list) bytes[at] ^= mask;
        const report = await explain(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes, keysOf(name));
        expect(report.totals.messages).toBeLessThanOrEqual(most);
      }),
      { numRuns: 60 },
    );
  });

  test("bytes of a key log", async () => {
    const name = "tls13-psk";
    const log = keysOf(name);
    await fc.assert(
      fc.asyncProperty(fc.nat(log.length - 1), fc.string({ maxLength: 5 }), async (at, text) => {
        const report = await explain(pcap(name), log.slice(0, at) + text + log.slice(at + text.length));
        expect(report.totals.messages).toBeLessThanOrEqual(12);
      }),
      { numRuns: 60 },
    );
  });
});

function withoutFrames({ calls }: Report): string[] {
  const messages = calls.flatMap((call) => call.messages ?? []);
  return messages.map(({ callId, label, source }) => `${source} ${callId} ${label}`).toSorted();
}

function changed(name: string, change: (records: readonly CaptureRecord[]) => readonly CaptureRecord[]): Uint8Array {
  const { head, records } = readRecords(pcap(name))!;
  return joinRecords({ head, records: change(records) });
}

/** The record with the last byte of frame `number` changed. */
function flipLast(number: number): (record: CaptureRecord, index: number) => CaptureRecord {
  return (record, index) => {
    if (index !== number - 1) return record;
    const bytes = Uint8Array.from(record.bytes);
    bytes[bytes.length - 1] ^= 1;
    return { ...record, bytes };
  };
}
