/** How captures of other programs begin, which Wireshark reads. wiretap of Wireshark 4.0 */
const magics: readonly (readonly [string, string])[] = [
  ["snoop", "snoop\0\0\0"],
  ["Microsoft Network Monitor", "GMBU"],
  ["Microsoft Network Monitor", "RTSS"],
  ["Sniffer", "TRSNIFF data    \x1a"],
  ["Sniffer", "XCP\0"],
  ["Observer", "ObserverPktBuffe"],
  ["Omnipeek", "\x7fver"],
  ["AIX iptrace", "iptrace "],
  ["Visual Networks", "\x05VNF"],
];

/** The program that writes captures which begin so; undefined where that is not known. */
export function foreignCapture(head: Uint8Array): string | undefined {
  return magics.find(([, magic]) => beginsWith(head, magic))?.[0];
}

function beginsWith(head: Uint8Array, magic: string): boolean {
  for (let i = 0; i < magic.length; i++) if (head[i] !== magic.charCodeAt(i)) return false;
  return true;
}
