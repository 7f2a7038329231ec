import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeTlsCrypto } from "../packages/cli/src/nodeTlsCrypto.ts";
import { Analysis, analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { networkLimits } from "../packages/core/src/network/limits.ts";
import { joinRecords, readRecords } from "../tools/score/captureRecords.ts";
import { root } from "./sources.ts";

const folder = join(root, "fixtures", "tls");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".pcap"))
  .map((file) => file.slice(0, -".pcap".length));
const keyed = names.filter((name) => existsSync(keyFile(name)) && keysOf(name).includes("CLIENT_"));
const pcap = (name: string): Uint8Array => readFileSync(join(folder, `${name}.pcap`));
/** Keys of a second handshake within the first are not waited for. */
const renegotiated = "tls12-renegotiation";
const options = { language, messages: true, tlsCrypto: nodeTlsCrypto };

/** `log` has the lines that are there before each of `chunks`, and at last those that come at the end. */
function follow(chunks: readonly Uint8Array[], log: readonly string[]): Report {
  const analysis = new Analysis({ ...options, names: ["capture"] });
  for (const [index, chunk] of chunks.entries()) {
    analysis.addKeyLog(log[index] ?? "");
    analysis.push(0, chunk);
  }
  for (const rest of log.slice(chunks.length)) analysis.addKeyLog(rest);
  return analysis.finish();
}

/** The file header, then each packet. */
function packetsOf(name: string): Uint8Array[] {
  const { head, records } = readRecords(pcap(name))!;
  return [head, ...records.map((record) => joinRecords({ head, records: [record] }).subarray(head.length))];
}

function limitsOf({ captures }: Report): string[] {
  return captures.flatMap(({ incidents }) => incidents.map(({ kind, text }) => `${kind} ${text}`));
}

describe("keys that come after the packets that need them", () => {
  test.each(keyed)("%s: give the report that they give before", async (name) => {
    const before = await analyze([{ name: "capture", bytes: pcap(name) }], { ...options, keyLog: keysOf(name) });
    expect(follow([pcap(name)], ["", keysOf(name)])).toEqual(before);
  });

  test.each(keyed.filter((name) => name !== renegotiated))(
    "%s: may come a line at a time, between any two packets",
    async (name) => {
      const before = await analyze([{ name: "capture", bytes: pcap(name) }], { ...options, keyLog: keysOf(name) });
      const packets = packetsOf(name);
      const lines = keysOf(name).split("\n");
      for (const delay of [1, 5, packets.length - lines.length]) {
        const log = [...Array.from<string>({ length: Math.max(0, delay) }).fill(""), ...lines];
        expect(follow(packets, log)).toEqual(before);
      }
    },
  );

  test("in a pcapng file may stand at its end", async () => {
    const blocks = blocksOf(readFileSync(join(folder, "with-secrets.pcapng")));
    const secrets = blocks.filter(isSecrets);
    const others = blocks.filter((block) => !isSecrets(block));
    const [whole, moved] = [blocks, [...others, ...secrets]].map((order) => Buffer.concat(order));
    expect([secrets.length, others.length]).toEqual([1, 42]);
    const report = await analyze([{ name: "capture", bytes: moved }], options);
    expect(report).toEqual(await analyze([{ name: "capture", bytes: whole }], options));
    expect(report.totals.messages).toBe(12);
  });
});

describe("keys that never come", () => {
  const name = "tls13-psk";

  test("leave the report of a pcapng file as it was without them", async () => {
    const blocks = blocksOf(readFileSync(join(folder, "with-secrets.pcapng"))).filter((block) => !isSecrets(block));
    const { head, records } = readRecords(pcap(name))!;
    // One packet is missing, one is there twice: of what nobody can read that is not told.
    const changed = <Each>(packets: readonly Each[]): Each[] => [
      ...packets.slice(0, 11),
      ...packets.slice(12),
      packets[14],
    ];
    const packets = blocks.filter((block) => block.readUInt32LE(0) === 6);
    const bytes = Buffer.concat([...blocks.filter((block) => !packets.includes(block)), ...changed(packets)]);
    const report = await analyze([{ name: "capture", bytes }], options);
    const without = await analyze(
      [{ name: "capture", bytes: joinRecords({ head, records: changed(records) }) }],
      options,
    );
    expect({ ...report, captures: [] }).toEqual({ ...without, captures: [] });
    expect(report.captures[0].incidents).toEqual(without.captures[0].incidents);
  });

  test("are said to be missing where a key log was given, be it empty", () => {
    expect(limitsOf(follow([pcap(name)], ["", ""]))).toEqual([
      expect.stringContaining("2 TLS connections cannot be read: the keys given are not those of these connections"),
    ]);
  });

  test("leave a handshake that failed told as it was", async () => {
    const failed = "failed-unknown-ca";
    const { findings } = follow([pcap(failed)], ["", ""]);
    expect(findings).toEqual((await analyze([{ name: "capture", bytes: pcap(failed) }], options)).findings);
  });
});

describe("what waits for keys is bounded", () => {
  const name = "tls12-aes-128-gcm";
  const late = (packets: readonly Uint8Array[]): Report => follow(packets, [...packets.map(() => ""), keysOf(name)]);

  test("of one connection, and the report says that this was reached", () => {
    const report = late(flooded(networkLimits["tls-keyless-bytes"]));
    expect(report.totals.messages).toBe(0);
    expect(limitsOf(report)).toEqual([
      expect.stringContaining("(tls-keyless-bytes)"),
      expect.stringContaining("the keys given are not those of this connection"),
    ]);
  });

  test("of all connections: the oldest wait no longer", () => {
    const one = flooded(networkLimits["tls-keyless-bytes"] / 2);
    const many = Array.from({ length: 36 }, (_, index) =>
      one.slice(1).map((packet) => fromPort(packet, 20_000 + index)),
    );
    const report = late([one[0], ...many.flat()]);
    expect(limitsOf(report)).toContainEqual(expect.stringContaining("(tls-keyless-total-bytes)"));
    expect(report.totals.messages).toBeGreaterThan(20 * 6);
    expect(report.totals.messages).toBeLessThan(36 * 6);
  });
});

const SEQUENCE_AT = 16 + 14 + 20 + 4;

/** The connection of the fixture until its end, and more and more of the same record of its client. */
function flooded(bytes: number): Uint8Array[] {
  const packets = packetsOf("tls12-aes-128-gcm").slice(0, 16);
  const record = Buffer.from(packets[13]);
  const length = record.length - SEQUENCE_AT - 28;
  for (let sent = 0; sent < bytes; sent += length) {
    const next = Buffer.from(record);
    next.writeUInt32BE((record.readUInt32BE(SEQUENCE_AT) + sent + length) >>> 0, SEQUENCE_AT);
    packets.push(next);
  }
  return packets;
}

/** The same packet, with another port of the client. */
function fromPort(packet: Uint8Array, port: number): Uint8Array {
  const bytes = Buffer.from(packet);
  const isServer = bytes.readUInt16BE(SEQUENCE_AT - 4) === 5061;
  bytes.writeUInt16BE(port, isServer ? SEQUENCE_AT - 2 : SEQUENCE_AT - 4);
  return bytes;
}

function blocksOf(file: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < file.length; at += file.readUInt32LE(at + 4))
    blocks.push(file.subarray(at, at + file.readUInt32LE(at + 4)));
  return blocks;
}

function isSecrets(block: Buffer): boolean {
  return block.readUInt32LE(0) === 10;
}

function keyFile(name: string): string {
  return join(folder, `${name}.keys`);
}

function keysOf(name: string): string {
  return readFileSync(keyFile(name), "utf8");
}
