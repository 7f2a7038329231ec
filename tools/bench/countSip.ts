/** Messages and different Call-IDs in a pcap file of SIPp over UDP and IPv4, counted without any of sipwhy's own code. */
export function countSip(file: Buffer): { readonly messages: number; readonly callIds: number } {
  const callIds = new Set<string>();
  let messages = 0;
  for (let at = 24; at + 16 <= file.length;) {
    const frame = at + 16;
    at = frame + file.readUInt32LE(at + 8);
    if (at > file.length || file.readUInt16BE(frame + 12) !== 0x0800 || file[frame + 23] !== 17) continue;
    const payload = file.subarray(frame + 14 + (file[frame + 14] & 15) * 4 + 8, at);
    const field = payload.indexOf("\r\nCall-ID: ");
    if (field < 0) continue;
    messages++;
    callIds.add(payload.toString("latin1", field + 11, payload.indexOf("\r\n", field + 11)));
  }
  return { messages, callIds: callIds.size };
}
