/** A capture taken apart: what precedes the frames, and each frame as it lies in the file. */
export interface CaptureRecords {
  readonly head: Uint8Array;
  readonly records: readonly CaptureRecord[];
}

export interface CaptureRecord {
  readonly bytes: Uint8Array;
  /** Where in `bytes` the time stands; the frame without it can take another's place. */
  readonly time: { readonly offset: number; readonly length: number };
  readonly saysSip: boolean;
}

const pcapMagic = 0xa1b2c3d4;
const pcapngMagic = 0x0a0d0d0a;
const enhancedPacketBlock = 6;

/** Reads pcap and pcapng in the order of this machine; nothing for other formats. */
export function readRecords(file: Uint8Array): CaptureRecords | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = file.length < 24 ? 0 : view.getUint32(0, true);
  if (magic === pcapMagic) return readPcap(file, view);
  return magic === pcapngMagic ? readPcapng(file, view) : undefined;
}

export function joinRecords({ head, records }: CaptureRecords): Uint8Array {
  return Buffer.concat([head, ...records.map(({ bytes }) => bytes)]);
}

/** The frame of one record at the time of another: what two packets look like that overtook each other. */
export function atTimeOf(record: CaptureRecord, other: CaptureRecord): CaptureRecord {
  const bytes = new Uint8Array(record.bytes);
  const { offset, length } = other.time;
  bytes.set(other.bytes.subarray(offset, offset + length), record.time.offset);
  return { ...record, bytes };
}

/** The frame with no more than its first bytes captured, as with a snap length; of pcapng as it is. */
export function snapped(record: CaptureRecord, most: number): CaptureRecord {
  if (record.time.offset !== 0 || record.bytes.length <= PCAP_HEADER + most) return record;
  const bytes = new Uint8Array(record.bytes.subarray(0, PCAP_HEADER + most));
  new DataView(bytes.buffer).setUint32(8, most, true);
  return { ...record, bytes };
}

/** Time, captured length, length. */
const PCAP_HEADER = 16;

function readPcap(file: Uint8Array, view: DataView): CaptureRecords {
  const records: CaptureRecord[] = [];
  for (let offset = 24; offset + PCAP_HEADER <= file.length;) {
    const end = Math.min(offset + PCAP_HEADER + view.getUint32(offset + 8, true), file.length);
    records.push(recordOf(file.subarray(offset, end), { offset: 0, length: 8 }));
    offset = end;
  }
  return { head: file.subarray(0, 24), records };
}

function readPcapng(file: Uint8Array, view: DataView): CaptureRecords {
  const head: Uint8Array[] = [];
  const records: CaptureRecord[] = [];
  for (let offset = 0; offset + 12 <= file.length;) {
    const end = offset + view.getUint32(offset + 4, true);
    const block = file.subarray(offset, end);
    if (view.getUint32(offset, true) === enhancedPacketBlock) records.push(recordOf(block, { offset: 12, length: 8 }));
    else head.push(block);
    offset = end;
  }
  return { head: Buffer.concat(head), records };
}

function recordOf(bytes: Uint8Array, time: CaptureRecord["time"]): CaptureRecord {
  return { bytes, time, saysSip: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("SIP/2.0") };
}
