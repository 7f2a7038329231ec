import type { Redactor } from "./redactor.ts";
import { redactFieldLine } from "./redactField.ts";
import { redactAddresses, redactWire } from "./redactWords.ts";

/** A body by its lines: session descriptions and messages inside it keep what decides, everything else is masked. */
export function redactBody(body: string, contentType: string, redactor: Redactor): string {
  return body
    .split(/(?<=\n)/u)
    .map((line) => redactLine(line, contentType, redactor))
    .join("");
}

function redactLine(line: string, contentType: string, redactor: Redactor): string {
  const isMultipart = contentType.startsWith("multipart/");
  if (line.trim() === "" || (isMultipart && line.startsWith("--"))) return line;
  if ((contentType.startsWith("application/sdp") || isMultipart) && /^[a-z]=/u.test(line))
    return redactSdpLine(line, redactor);
  const isMessage = isMultipart || contentType.startsWith("message/sip");
  if (isMessage && /^SIP\/2\.0 |^[A-Z]{3,20} \S+ SIP\/2\.0/u.test(line)) return redactWire(line, redactor);
  if (isMessage && /^[A-Za-z-]{1,60}[ \t]*:/u.test(line)) return redactFieldLine(line, redactor);
  return contentType.includes("xml") || isMultipart ? redactXmlLine(line, redactor) : redactor.text(line);
}

/** Names of elements and attributes stay. */
function redactXmlLine(line: string, redactor: Redactor): string {
  return line
    .split(/(<[^<>]*>)/u)
    .map((part, index) => {
      if (index % 2 === 0) return part.trim() === "" ? part : redactor.text(part);
      return part.replace(/([\w:.-]{1,80})(=)("[^"]*"|'[^']*')/gu, (all, name: string, equals: string, value: string) =>
        name.startsWith("xmlns") ? all : name + equals + redactor.text(value),
      );
    })
    .join("");
}

/** RFC 8866 §5; keys: RFC 4568 §4, RFC 8839 §5.4, RFC 8122 §5 */
export function redactSdpLine(line: string, redactor: Redactor): string {
  const value = line.slice(2);
  switch (line[0]) {
    case "v":
    case "t":
    case "b":
    case "m":
      return line;
    case "o":
      return (
        "o=" +
        value
          .replace(/^[^\s]+/u, (user) => redactor.user(user))
          .replace(/IP[46]\s+[^\s]+/u, (address) => hostAfterSpace(address, redactor))
      );
    case "c":
      return "c=" + value.replace(/IP[46]\s+[^\s/]+/u, (address) => hostAfterSpace(address, redactor));
    case "s":
    case "i":
    case "e":
    case "p":
    case "u":
      return `${line[0]}=${redactor.text(value)}`;
    case "k":
      return `k=${redactor.text(value)}`;
    default:
      return `${line[0]}=${redactAttribute(value, redactor)}`;
  }
}

function hostAfterSpace(text: string, redactor: Redactor): string {
  const space = text.search(/\s\S*$/u) + 1;
  return text.slice(0, space) + redactor.host(text.slice(space));
}

function redactAttribute(attribute: string, redactor: Redactor): string {
  const colon = attribute.indexOf(":");
  const name = attribute.slice(0, colon < 0 ? undefined : colon).toLowerCase();
  const [head, value] = [attribute.slice(0, colon + 1), attribute.slice(colon + 1)];
  switch (name) {
    case "crypto":
      return head + value.replace(/inline:([^|\s;]+)/gu, (_all, key: string) => `inline:${redactor.key(key)}`);
    case "ice-pwd":
    case "ice-ufrag":
    case "key-mgmt":
    case "tls-id":
      return head + value.replace(/[^\s]+/u, (key) => redactor.key(key));
    case "fingerprint":
      return head + value.replace(/(?<=\s)[^\s]+/u, (key) => redactor.key(key));
    case "ssrc":
      return head + value.replace(/cname:[^\s]+/u, (text) => `cname:${redactor.text(text.slice(6))}`);
    case "msid":
      return head + redactor.text(value);
    default:
      return redactAddresses(attribute, redactor);
  }
}
