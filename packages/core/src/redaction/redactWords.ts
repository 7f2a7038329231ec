import type { Redactor } from "./redactor.ts";

/**
 * Text of a message: addresses, URIs and host names wherever they stand, and words that were met as a user, a number or a host.
 * Everything between them stays as it is.
 */
export function redactWire(text: string, redactor: Redactor): string {
  return replaceUris(text, redactor, (words) => replaceWords(words, redactor, "wire"));
}

/** A sentence: as text of a message, but a word with a dot in it is a host only if it was met as one. */
export function redactProse(text: string, redactor: Redactor): string {
  return replaceUris(text, redactor, (words) => replaceWords(words, redactor, "prose"));
}

/** As text of a message, but nothing is replaced except addresses. */
export function redactAddresses(text: string, redactor: Redactor): string {
  return replaceWords(text, redactor, "addresses");
}

/** A URI without its scheme: `alice:secret@10.9.0.10:5060;transport=tcp?Replaces=…`. */
export function redactUri(opaque: string, redactor: Redactor): string {
  const question = opaque.indexOf("?");
  const beforeHeaders = question < 0 ? opaque : opaque.slice(0, question);
  const at = beforeHeaders.lastIndexOf("@");
  const userinfo = at < 0 ? "" : `${redactUserinfo(beforeHeaders.slice(0, at), redactor)}@`;
  const rest = opaque.slice(at + 1);
  const hostEnd = endOfHost(rest);
  const host = rest.startsWith("[")
    ? `[${redactor.ipv6(rest.slice(1, hostEnd - 1))}]`
    : redactor.host(rest.slice(0, hostEnd));
  return userinfo + host + escapedWords(rest.slice(hostEnd), redactor);
}

/** `example.test:5060`, `[fd00::1]:5060`, `10.9.0.10`. */
export function redactHostPort(text: string, redactor: Redactor): string {
  return redactUri(text, redactor);
}

function redactUserinfo(userinfo: string, redactor: Redactor): string {
  const colon = userinfo.indexOf(":");
  const name = colon < 0 ? userinfo : userinfo.slice(0, colon);
  const password = colon < 0 ? "" : `:${redactor.credential(userinfo.slice(colon + 1))}`;
  const semicolon = name.indexOf(";");
  const user = semicolon < 0 ? name : name.slice(0, semicolon);
  return redactor.user(user) + (semicolon < 0 ? "" : escapedWords(name.slice(semicolon), redactor)) + password;
}

function endOfHost(text: string): number {
  if (text.startsWith("[") && text.includes("]")) return text.indexOf("]") + 1;
  const end = text.search(/[:;?&/,>\s"]/u);
  return end < 0 ? text.length : end;
}

/** Header fields inside a URI are escaped: what stands between the escapes is text of a message. */
function escapedWords(text: string, redactor: Redactor): string {
  return text
    .split(/(%[0-9A-Fa-f]{2})/u)
    .map((piece, index) => (index % 2 === 1 ? piece : replaceWords(piece, redactor, "wire")))
    .join("");
}

function replaceUris(text: string, redactor: Redactor, between: (words: string) => string): string {
  let result = "";
  let copied = 0;
  for (const { index, 0: scheme } of text.matchAll(
    /(?<![A-Za-z0-9])(?:sips?|tel|im|pres|xmpp|mailto|wss?|https?):/giu,
  )) {
    if (index < copied) continue;
    const start = index + scheme.length;
    const end = endOfUri(text, start);
    const slashes = text.startsWith("//", start) ? "//" : "";
    const opaque = text.slice(start + slashes.length, end);
    const isTel = /^tel:$/iu.test(scheme);
    result +=
      between(text.slice(copied, index)) +
      scheme +
      slashes +
      (isTel ? redactTel(opaque, redactor) : redactUri(opaque, redactor));
    copied = end;
  }
  return copied === 0 ? between(text) : result + between(text.slice(copied));
}

function redactTel(opaque: string, redactor: Redactor): string {
  const semicolon = opaque.indexOf(";");
  const number = semicolon < 0 ? opaque : opaque.slice(0, semicolon);
  return redactor.user(number) + (semicolon < 0 ? "" : escapedWords(opaque.slice(semicolon), redactor));
}

/** A sentence may end right after a URI: a full stop at its end is not part of it. */
function endOfUri(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s<>"',|\\`()\u3001\u3002\uff08\uff09\uff0c\uff1a]/u.test(text[end])) end++;
  while (end > start && /[.:;!?]/u.test(text[end - 1])) end--;
  return end;
}

/**
 * What a word may be. On the `wire` two labels make a host; in `prose` only what was met before is one; among `addresses`, as in
 * attributes of a session description, nothing but an address is replaced.
 */
type Register = "wire" | "prose" | "addresses";

function replaceWords(text: string, redactor: Redactor, register: Register): string {
  return text.replace(/[A-Za-z0-9_.+\-:@[\]]+/gu, (word) => replaceWord(word, redactor, register));
}

function replaceWord(word: string, redactor: Redactor, register: Register): string {
  let end = word.length;
  while (end > 0 && (word[end - 1] === "." || word[end - 1] === ":")) end--;
  const core = word.slice(0, end);
  const at = core.lastIndexOf("@");
  if (at < 0) return replaceAddress(core, redactor, register) + word.slice(end);
  const left = core.slice(0, at);
  const named = known(left, redactor, register) ?? replaceParts(left, redactor, register);
  return `${named}@${hostAndPort(core.slice(at + 1), redactor)}${word.slice(end)}`;
}

function hostAndPort(text: string, redactor: Redactor): string {
  const hostEnd = endOfHost(text);
  if (text.startsWith("[")) return `[${redactor.ipv6(text.slice(1, hostEnd - 1))}]${text.slice(hostEnd)}`;
  return redactor.host(text.slice(0, hostEnd)) + text.slice(hostEnd);
}

function replaceAddress(word: string, redactor: Redactor, register: Register): string {
  if (word.startsWith("[") && word.includes("]")) {
    const end = word.indexOf("]");
    return `[${redactor.ipv6(word.slice(1, end))}${word.slice(end)}`;
  }
  const replaced = redactor.ipv6(word);
  if (replaced !== word) return replaced;
  return word
    .split(":")
    .map((part, index) => {
      const isPort = index > 0 && /^\d{1,5}$/u.test(part);
      return isPort ? part : (known(part, redactor, register) ?? replaceParts(part, redactor, register));
    })
    .join(":");
}

function known(word: string, redactor: Redactor, register: Register): string | undefined {
  if (register === "addresses" || protocolWords.has(word.toLowerCase())) return undefined;
  // A short number may count or order something as well.
  const fewest = /^\d+$/u.test(word) ? (register === "prose" ? 6 : 4) : 3;
  return word.length < fewest ? undefined : redactor.known(word);
}

/** Addresses inside a longer word, such as a branch that is made of one; a host name; or the word as it is. */
function replaceParts(word: string, redactor: Redactor, register: Register): string {
  const withoutAddresses = word.replace(/(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])/gu, (address) =>
    redactor.ipv4(address),
  );
  if (withoutAddresses !== word) return withoutAddresses;
  return register === "wire" && looksLikeHost(word) ? redactor.host(word) : word;
}

/** Two labels or more, the last one of letters: `sip.example.test`, not `v1.1.0` or `sip.pcap`. */
function looksLikeHost(word: string): boolean {
  const dot = word.lastIndexOf(".");
  if (dot <= 0 || word.length > 253) return false;
  return /^[A-Za-z]{2,24}$/u.test(word.slice(dot + 1)) && /^[A-Za-z0-9.-]+$/u.test(word) && !fileSuffix.test(word);
}

const fileSuffix = /\.(?:pcap|pcapng|log|txt|xml|json|wav|so)$/iu;

/** A user may be called so; in a message it is something else more often. */
const protocolWords: ReadonlySet<string> = new Set(
  (
    "sip sips tel udp tcp tls sctp wss phone user dialog invite ack bye cancel register options prack refer notify subscribe " +
    "publish message info update transport branch received rport maddr method tag early only from call text cause reason"
  ).split(" "),
);
