import { parseIpv4 } from "../bytes/parseAddress.ts";
import { ipv4Text, privateOctets } from "../network/ipAddress.ts";

/** Stands for the `n`th telephone number or extension: the digits are others, `+`, leading zeros, separators and length stay. */
export function numberPseudonym(number: string, n: number): string {
  const prefix = /^\+?0{0,2}/u.exec(number)![0];
  const rest = number.slice(prefix.length);
  const digits = rest.replace(/\D/gu, "").length;
  const chosen = `5${String(n).padStart(Math.max(1, digits - 1), "0")}`;
  let at = 0;
  const placed = rest.replace(/\d/gu, () => chosen[at++] ?? "0");
  return prefix + placed + chosen.slice(at);
}

/** Stands for the `n`th word of its kind, which `initial` tells; as long as the word where that can be. */
export function wordPseudonym(word: string, initial: string, n: number): string {
  return initial + String(n).padStart(Math.max(1, word.length - 1), "x");
}

/** Stands for the `n`th host name: `hxxxx1.example`. RFC 2606 */
export function hostPseudonym(host: string, n: number): string {
  const suffix = ".example";
  const room = host.length - suffix.length;
  return room < String(n).length + 1
    ? wordPseudonym(host, "h", n)
    : wordPseudonym(host.slice(0, room), "h", n) + suffix;
}

/** Stands for a key, a nonce, a token: hex stays hex, base64 stays base64, and it is as long. */
export function secretPseudonym(secret: string, n: number): string {
  const digits = String(n);
  const shape = secret
    .replace(/[0-9]/gu, "0")
    .replace(/[a-z]/gu, "a")
    .replace(/[A-Z]/gu, "A")
    .replace(/[^\u0020-\u007e]/gu, "x");
  let left = digits.length;
  const characters = [...shape];
  for (let at = characters.length - 1; at >= 0 && left > 0; at--) {
    if (/[0aA]/u.test(characters[at])) characters[at] = digits[--left];
  }
  return characters.join("") + digits.slice(0, left);
}

/** Letters and digits of a text that nobody needs to tell apart. */
export function masked(text: string): string {
  return text.replace(/[A-Za-z\u0080-\u{10ffff}]/gu, "x").replace(/\d/gu, "0");
}

/**
 * Stands for the `n`th IPv4 address of its shape (`ipv4Shape`): a private one stays in its network, with as many digits in each place;
 * any other becomes one of those for documentation, as long where that can be. RFC 1918 §3, RFC 5737
 * `undefined` where they have run out.
 */
export function ipv4Pseudonym(address: string, n: number): string | undefined {
  const kept = privateOctets(address);
  const octets = address.split(".");
  if (kept > 0) return [...octets.slice(0, kept), ...numbersOfShape(octets.slice(kept), n)].join(".");
  const choices = documentation.flatMap((prefix) =>
    lastOctets(address.length - prefix.length).map((last) => prefix + last),
  );
  return choices[n];
}

/** Stands for the `n`th address that found no other: reserved, and nobody's. RFC 1112 */
export function spareIpv4(n: number): string {
  return `240.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
}

/** Addresses of one shape are numbered together, so that two never become one. */
export function ipv4Shape(address: string): string {
  const kept = privateOctets(address);
  const octets = address.split(".");
  if (kept === 0) return String(address.length);
  return [...octets.slice(0, kept), ...octets.slice(kept).map(({ length }) => `#${length}`)].join(".");
}

/** Addresses that name no host: unspecified, loopback, multicast and broadcast. */
export function isTellingIpv4(address: string): boolean {
  const value = parseIpv4(address);
  if (value === undefined) return false;
  const first = value >>> 24;
  return first !== 0 && first !== 127 && first < 224 && ipv4Text(value) === address;
}

const documentation = ["192.0.2.", "203.0.113.", "198.51.100."];

function numbersOfShape(octets: readonly string[], n: number): string[] {
  let left = n;
  return octets
    .toReversed()
    .map(({ length }) => {
      const choices = lastOctets(length);
      const chosen = choices[left % choices.length];
      left = Math.floor(left / choices.length);
      return chosen;
    })
    .toReversed();
}

/** All numbers of an octet with this many digits. */
function lastOctets(digits: number): string[] {
  const [first, last] = digits === 1 ? [1, 9] : digits === 2 ? [10, 99] : digits === 3 ? [100, 254] : [1, 0];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
