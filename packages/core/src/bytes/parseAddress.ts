/** The number of a dotted decimal IPv4 address; undefined if it is none. Leading zeros are read as decimal. */
export function parseIpv4(text: string): number | undefined {
  let address = 0;
  let octets = 0;
  let octet = -1;
  for (let i = 0; i <= text.length; i++) {
    const digit = i === text.length ? -1 : text.charCodeAt(i) - 0x30;
    if (digit >= 0 && digit <= 9) {
      octet = (octet < 0 ? 0 : octet) * 10 + digit;
      if (octet > 255) return undefined;
      continue;
    }
    if (octet < 0 || (i < text.length && text[i] !== ".")) return undefined;
    address = address * 256 + octet;
    octets++;
    octet = -1;
  }
  return octets === 4 ? address : undefined;
}

/** The 16 bytes of an IPv6 address in any of its text forms, without brackets or zone; undefined if it is none. RFC 4291 §2.2. */
export function parseIpv6(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined;
  const gap = text.indexOf("::");
  const head = groupsOf(gap < 0 ? text : text.slice(0, gap));
  const tail = gap < 0 ? [] : groupsOf(text.slice(gap + 2));
  if (head === undefined || tail === undefined) return undefined;
  const groups = head.length + tail.length;
  if (gap < 0 ? groups !== 8 : groups > 7) return undefined;
  const bytes = new Uint8Array(16);
  for (const [i, group] of head.entries()) writeGroup(bytes, i, group);
  for (const [i, group] of tail.entries()) writeGroup(bytes, 8 - tail.length + i, group);
  return bytes;
}

function groupsOf(text: string): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const ipv4 = i === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push(Math.floor(ipv4 / 65_536), ipv4 % 65_536);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function writeGroup(bytes: Uint8Array, index: number, group: number): void {
  bytes[index * 2] = group >>> 8;
  bytes[index * 2 + 1] = group & 255;
}
