import { fullName, type MessageText } from "./messageText.ts";

const IPV4 = /(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w]|\.\d)/g;
/** Those of the fixtures; a wider pattern would take a time of day for one. */
const IPV6 = /(?<![\w:])(fd[0-9a-f]{2}|2001)(?=:[0-9a-f:]*:)/gi;
/** What a product calls itself holds versions, not addresses, and is not renamed. */
export const PRODUCT_LINE = /^((?:User-Agent|Server)[ \t]*:).*$/gim;

/** Private stays private, public stays public: what is rewritten by a NAT depends on it. RFC 1918 */
export function withOtherHosts(text: string): string {
  return outside(PRODUCT_LINE, text, (part) =>
    part
      .replace(IPV4, (whole, ...octets: string[]) => otherIpv4(whole, octets.slice(0, 4).map(Number)))
      .replace(IPV6, otherIpv6),
  );
}

function otherIpv4(whole: string, [a, b, c, d]: number[]): string {
  if (a === 0 || a === 127 || a > 223 || Math.max(a, b, c, d) > 255) return whole;
  const [first, second] =
    a === 10 ? [a, b ^ 4] : a === 192 && b === 168 ? [a, b] : a === 172 ? [a, b ^ 4] : [a ^ 4, b ^ 4];
  return [first, second, c ^ 4, d ^ 4].join(".");
}

function otherIpv6(group: string): string {
  return group === "2001" ? "2a02" : "fdab";
}

/** The parts of a text that a pattern does not match. */
function outside(pattern: RegExp, text: string, change: (part: string) => string): string {
  let changed = "";
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    changed += change(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return changed + change(text.slice(end));
}

/** Even stays even: RTP and RTCP. Well-known ports and 0, a stream that is not wanted, stay. */
function otherPort(port: number): number {
  return port < 2048 ? port : port ^ 1024;
}

export function withOtherPorts(text: string): string {
  const other = (_whole: string, before: string, port: string): string => `${before}${otherPort(Number(port))}`;
  return text
    .replace(/((?:(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}|\]|[a-z][\w-]*\.[a-z]{2,}):)(\d{4,5})(?!\d)/gi, other)
    .replace(/(;rport=)(\d+)/gi, other)
    .replace(/^(m=\w+ )(\d+)/gm, other)
    .replace(/^(a=rtcp:)(\d+)/gm, other)
    .replace(/^(a=candidate:.* )(\d+)(?= typ)/gm, other);
}

const HOP_FIELDS: ReadonlySet<string> = new Set([
  "contact",
  "route",
  "record-route",
  "path",
  "service-route",
  "refer-to",
]);
const IP = String.raw`(?:(?:\d{1,3}\.){3}\d{1,3}|\[[0-9a-f:]+\])`;

/** Where no port is written it is 5060, or 5061 for TLS: written out, so that it can be another one. RFC 3261 §18.1.1, §19.1.2 */
export function withPortsWritten(message: MessageText): MessageText {
  const fields = message.fields.map(({ name, value }) => {
    if (fullName(name) === "via")
      return {
        name,
        value: value.replace(SENT_BY, "$1$2:5060").replace(SENT_BY_TLS, "$1$2:5061"),
      };
    return { name, value: HOP_FIELDS.has(fullName(name)) ? withUriPorts(value) : value };
  });
  return { ...message, startLine: withUriPorts(message.startLine), fields };
}

const SENT_BY = /(SIP\s*\/\s*2\.0\s*\/\s*(?:UDP|TCP|SCTP)\s+)(\[[^\]]*\]|[\w.-]+)(?![\w.-]|\s*:)/gi;
const SENT_BY_TLS = /(SIP\s*\/\s*2\.0\s*\/\s*TLS\s+)(\[[^\]]*\]|[\w.-]+)(?![\w.-]|\s*:)/gi;
const HOP_URI = new RegExp(String.raw`(sips?:)((?:[^@\s<>"]+@)?${IP})(?![\w.:])([^\s>,]*)`, "gi");

function withUriPorts(text: string): string {
  return text.replace(HOP_URI, (_whole, scheme: string, host: string, rest: string) => {
    const secure = scheme.toLowerCase() === "sips:" || /;transport=tls/i.test(rest);
    return `${scheme}${host}:${secure ? 5061 : 5060}${rest}`;
  });
}

/** These are not anybody's names. RFC 3323 §4.1.1.3 */
const KEPT_USERS: ReadonlySet<string> = new Set(["anonymous", "unavailable", "restricted"]);
const OTHER_TOP: Readonly<Record<string, string>> = { com: "net", net: "org", org: "com" };

export function withOtherNames(text: string): string {
  return text
    .replace(
      /(sips?:|tel:)([\w.!~*'()&=+$,?/%-]+)(?=[@:;>])(?=[^\s>]*@|(?<=tel:.*))/gi,
      (_whole, scheme: string, user: string) => `${scheme}${otherUser(user)}`,
    )
    .replace(/(username=")([^"]+)/gi, (_whole, before: string, user: string) => `${before}${otherUser(user)}`)
    .replace(/^(o=)(\w+)/gm, (_whole, before: string, user: string) => `${before}${otherUser(user)}`)
    .replace(/\bexample\.(com|net|org)\b/gi, (_whole, top: string) => `telefon.${OTHER_TOP[top.toLowerCase()]}`);
}

export function otherUser(user: string): string {
  return KEPT_USERS.has(user)
    ? user
    : user.replace(/%[0-9a-f]{2}|[a-z]|[1-9]/gi, (part) => (part.length > 1 ? part : next(part)));
}

/** The next one of its kind; a number that begins with 0 still does. */
function next(character: string): string {
  for (const kind of ["123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]) {
    const at = kind.indexOf(character);
    if (at >= 0) return kind[(at + 1) % kind.length];
  }
  return character;
}

/** Fields that hold a Call-ID. RFC 3891 §6.1, RFC 4538 §7, RFC 3261 §20.21 */
const CALL_ID_LINE =
  /(?<=^(?:Call-ID|i|Replaces|Join|Target-Dialog|In-Reply-To|X-CID|X-(?:Orig-|Asterisk-)?Call-ID)[ \t]*:[ \t]*)[^\s;]+/gim;
const CALL_ID_PARAMETER = /(?<=[?&](?:Replaces|Join)=)(?:%(?!3B)|[^&%>\s])+/gi;
const TOKEN = /(?<=(?:tag|branch|icid-value)(?:=|%3D)"?)[\w.!*+`'~-]+/gi;
/** All zeroes is the session that is not known yet. RFC 7989 §5 */
const SESSION = /(?<=^Session-ID[ \t]*:.*)\b(?!0{32})[0-9a-f]{32}\b/gim;

/** `added` ends each but a Session-ID, which has its length: with it none is one of those that were there before. */
export function withOtherTokens(text: string, added = ""): string {
  const other = (token: string): string => otherToken(token) + added;
  return text
    .replace(CALL_ID_LINE, other)
    .replace(CALL_ID_PARAMETER, other)
    .replace(TOKEN, other)
    .replace(SESSION, otherToken);
}

/** Where the number of a request stands, there and in what refers to it. RFC 3262 §7.2, RFC 3515 §2.4.6 */
const SEQUENCE_NUMBER =
  /^((?:CSeq[ \t]*:|RAck[ \t]*:[ \t]*\d+|Event[ \t]*:[ \t]*refer[ \t]*;[ \t]*id=)[ \t]*)(\d{1,6})(?!\d)/gim;

export function withOtherNumbers(text: string): string {
  return text.replace(SEQUENCE_NUMBER, (_line, before: string, number: string) => `${before}${Number(number) + 4000}`);
}

const COOKIE = "z9hG4bK";

/** Of the same length and the same kinds of characters: hexadecimal stays hexadecimal. */
function otherToken(token: string): string {
  const cookie = token.startsWith(COOKIE) ? COOKIE : "";
  return (
    cookie +
    token.slice(cookie.length).replace(/%[0-9a-f]{2}|\w/gi, (part) => (part.length > 1 ? part : otherDigit(part)))
  );
}

function otherDigit(character: string): string {
  for (const kind of ["0123456789", "abcdef", "ABCDEF", "ghijklmnopqrstuvwxyz", "GHIJKLMNOPQRSTUVWXYZ"]) {
    const at = kind.indexOf(character);
    if (at >= 0) return kind[(at + 1) % kind.length];
  }
  return character;
}
