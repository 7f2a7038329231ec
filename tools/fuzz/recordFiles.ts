import type { RecordFile, RecordLayout } from "./captureMutations.ts";
import { integers } from "./dictionary.ts";
import { joined } from "./mutate.ts";
import type { Random } from "./random.ts";

const PCAP_MAGIC = 0xa1b2c3d4;
const PCAPNG_MAGIC = 0x0a0d0d0a;
const HEP3_MAGIC = 0x48455033;
/** Interface Description Block. */
const INTERFACE = 1;

/** Takes a capture apart that is sound and, if pcap or pcapng, little-endian; undefined for anything else. */
export function recordFileOf(file: Uint8Array): RecordFile | undefined {
  const view = viewOf(file);
  if (file.length < 28) return undefined;
  if (view.getUint32(0, true) === PCAP_MAGIC) return pcapFile(file, view);
  if (view.getUint32(0) === PCAPNG_MAGIC) return pcapngFile(file, view);
  return view.getUint32(0) === HEP3_MAGIC ? hepFile(file, view) : undefined;
}

function pcapFile(file: Uint8Array, view: DataView): RecordFile {
  const network = networkOf(view.getUint32(20, true));
  const layout: RecordLayout = {
    ...network,
    dataAt: 16,
    dataEnd: (record) => record.length,
    withData(record, data) {
      const whole = joined(record.subarray(0, 16), data);
      viewOf(whole).setUint32(8, data.length, true);
      viewOf(whole).setUint32(12, data.length, true);
      return whole;
    },
    setTime: (record, random) => setWords(record, [0, 4], random),
  };
  const records = split(file, 24, (at) => 16 + view.getUint32(at + 8, true), 16);
  return { head: file.subarray(0, 24), records, isFrame: () => true, layout };
}

/** Blocks are the records, whatever their type; data are changed as if all were enhanced packets. */
function pcapngFile(file: Uint8Array, view: DataView): RecordFile {
  const headLength = view.getUint32(4, true);
  const linkType = view.getUint16(headLength + 8, true);
  const layout: RecordLayout = {
    ...networkOf(linkType),
    dataAt: 28,
    dataEnd: (block) =>
      block.length < 32 ? 28 : Math.min(block.length - 4, 28 + (viewOf(block).getUint32(20, true) & 0xffff)),
    withData(block, data) {
      if (block.length < 32) return block;
      const padding = new Uint8Array(((4 - (data.length % 4)) % 4) + 4);
      const whole = joined(block.subarray(0, 28), data, padding);
      const out = viewOf(whole);
      out.setUint32(4, whole.length, true);
      out.setUint32(20, data.length, true);
      out.setUint32(24, data.length, true);
      out.setUint32(whole.length - 4, whole.length, true);
      return whole;
    },
    setTime: (block, random) => block.length >= 32 && setWords(block, [12, 16], random),
  };
  const records = split(file, 0, (at) => view.getUint32(at + 4, true), 12);
  return { head: records[0], records: records.slice(1), isFrame: (block) => block[0] !== INTERFACE, layout };
}

/** The records are HEP packets, their data all chunks. */
function hepFile(file: Uint8Array, view: DataView): RecordFile {
  const layout: RecordLayout = {
    dataAt: 6,
    dataEnd: (packet) => packet.length,
    withData(packet, data) {
      const whole = joined(packet.subarray(0, 6), data);
      viewOf(whole).setUint16(4, Math.min(whole.length, 0xffff));
      return whole;
    },
    payloadAt: (data) => payloadChunk(data) ?? 0,
    repair(data) {
      const payload = payloadChunk(data);
      if (payload !== undefined) viewOf(data).setUint16(payload - 2, Math.min(data.length - payload + 6, 0xffff));
    },
    setTime: (packet, random) => setWords(packet, chunksOf(packet, [9, 10]), random),
  };
  return { head: NOTHING, records: split(file, 0, (at) => view.getUint16(at + 4), 6), isFrame: () => true, layout };
}

/** Where the payload starts, if it is the last chunk, as it is in what agents send. */
function payloadChunk(chunks: Uint8Array): number | undefined {
  return chunksOf(chunks, [15], 0)[0];
}

/** Where the values of the chunks of these types start. */
function chunksOf(bytes: Uint8Array, types: readonly number[], from: number = 6): number[] {
  const view = viewOf(bytes);
  const found: number[] = [];
  for (let at = from; at + 6 <= bytes.length;) {
    const length = view.getUint16(at + 4);
    if (length < 6) break;
    if (types.includes(view.getUint16(at + 2))) found.push(at + 6);
    at += length;
  }
  return found;
}

function networkOf(linkType: number): Pick<RecordLayout, "payloadAt" | "repair"> {
  const ipAt = { 0: 4, 1: 14, 101: 0, 113: 16, 276: 20 }[linkType] ?? 0;
  return {
    payloadAt(data) {
      const transport = transportAt(data, ipAt);
      if (transport === undefined) return 0;
      if (protocolOf(data, ipAt) === UDP) return transport + 8;
      const header = protocolOf(data, ipAt) === TCP ? (data[transport + 12] >> 4) * 4 : 0;
      return transport + header <= data.length ? transport + header : 0;
    },
    repair(data) {
      const transport = transportAt(data, ipAt);
      if (transport === undefined) return;
      const view = viewOf(data);
      if (data[ipAt] >> 4 === 4) view.setUint16(ipAt + 2, data.length - ipAt);
      else view.setUint16(ipAt + 4, data.length - ipAt - 40);
      if (protocolOf(data, ipAt) === UDP && transport + 8 <= data.length) {
        view.setUint16(transport + 4, data.length - transport);
      }
    },
  };
}

const TCP = 6;
const UDP = 17;

function transportAt(data: Uint8Array, ipAt: number): number | undefined {
  const version = data[ipAt] >> 4;
  const at = version === 4 ? ipAt + (data[ipAt] & 15) * 4 : version === 6 ? ipAt + 40 : data.length;
  return at + 20 <= data.length ? at : undefined;
}

function protocolOf(data: Uint8Array, ipAt: number): number {
  return data[ipAt] >> 4 === 4 ? data[ipAt + 9] : data[ipAt + 6];
}

/** Before 1970 and after 2106, and what jumps there and back. */
function setWords(bytes: Uint8Array, offsets: readonly number[], random: Random): void {
  const view = viewOf(bytes);
  for (const at of offsets) {
    if (at + 4 > bytes.length || random.isOneIn(3)) continue;
    const isSmall = random.isOneIn(2);
    view.setUint32(at, isSmall ? view.getUint32(at, true) + random.between(-100, 100) : random.pick(integers), true);
  }
}

function split(
  file: Uint8Array,
  start: number,
  lengthAt: (offset: number) => number,
  smallest: number,
): readonly Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = start; at + smallest <= file.length;) {
    const end = at + Math.max(smallest, lengthAt(at));
    records.push(file.subarray(at, end));
    at = end;
  }
  return records;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const NOTHING: Uint8Array = new Uint8Array(0);
