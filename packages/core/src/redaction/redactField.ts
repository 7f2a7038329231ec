import { fullFieldName } from "../message/fullFieldName.ts";
import type { Redactor } from "./redactor.ts";
import { redactHostPort, redactWire } from "./redactWords.ts";

/** A header line, with its line end and folding. A line that is no header field is masked. */
export function redactFieldLine(line: string, redactor: Redactor): string {
  const colon = line.indexOf(":");
  if (colon < 0) return line.trim() === "" ? line : redactor.text(line);
  const name = fullFieldName(line.slice(0, colon).trim());
  const start = colon + 1 + /^[ \t]*/u.exec(line.slice(colon + 1))![0].length;
  const value = line.slice(start);
  return line.slice(0, start) + redactValue(name, value, redactor);
}

function redactValue(name: string, value: string, redactor: Redactor): string {
  const treatment = treatments[name] ?? "mask";
  switch (treatment) {
    case "keep":
      return value;
    case "scan":
      return redactWire(value, redactor);
    case "parties":
      return redactParties(value, redactor);
    case "via":
      return redactVia(value, redactor);
    case "credentials":
      return redactCredentials(value, redactor);
    case "warning":
      return redactWarning(value, redactor);
    case "product":
      return redactProduct(value, redactor);
    case "token":
      return value.replace(/[^\s;,="<>]+/gu, (token) => redactor.credential(token));
    case "mask":
      return redactor.text(value);
  }
}

/** `"Alice" <sip:alice@example.test>;tag=1, Bob <sip:bob@example.test>`: names, URIs, and parameters that tell a device. */
function redactParties(value: string, redactor: Redactor): string {
  return value
    .split(/(<[^<>]*>)/u)
    .map((part, index) => (index % 2 === 1 ? redactBracketed(part, redactor) : redactOutside(part, redactor, value)))
    .join("");
}

function redactBracketed(part: string, redactor: Redactor): string {
  return /^<urn:/iu.test(part) ? `<urn:${redactor.credential(part.slice(5, -1))}>` : redactWire(part, redactor);
}

/** Between URIs in angle brackets: parameters of the one before, the name of the one after. */
function redactOutside(part: string, redactor: Redactor, value: string): string {
  const hasBrackets = value.includes("<");
  return splitQuoted(part)
    .map((piece, index) => {
      if (index % 2 === 1)
        return /^"<?urn:/iu.test(piece) ? redactor.text(piece) : `"${redactor.name(piece.slice(1, -1))}"`;
      return hasBrackets ? redactBareNames(piece, redactor) : redactWire(piece, redactor);
    })
    .join("");
}

/** Quoted strings are the odd ones. An escaped quote does not end one; one that does not end is no quoted string. */
function splitQuoted(text: string): string[] {
  const parts: string[] = [];
  let copied = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', copied)) {
    let end = at + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
    if (end >= text.length) break;
    parts.push(text.slice(copied, at), text.slice(at, end + 1));
    copied = end + 1;
  }
  return [...parts, text.slice(copied)];
}

/** Words without quotes before a `<`, as in `Bob Smith <sip:…>`; what follows a semicolon are parameters. */
function redactBareNames(piece: string, redactor: Redactor): string {
  return piece
    .split(/([,;])/u)
    .map((part, index, parts) => {
      if (index % 2 === 1) return part;
      if (index > 0 && parts[index - 1] === ";") return redactParameter(part, redactor);
      return redactor.name(part);
    })
    .join("");
}

function redactParameter(parameter: string, redactor: Redactor): string {
  const equals = parameter.indexOf("=");
  const isDevice = /^\s*(?:\+?sip\.instance|pn-\w+|temp-gruu|pub-gruu|\+g\.3gpp)/iu.test(parameter);
  return isDevice && equals > 0
    ? parameter.slice(0, equals + 1) + redactor.text(parameter.slice(equals + 1))
    : redactWire(parameter, redactor);
}

/** `SIP/2.0/UDP host:port;branch=…;received=…`: a host may be a single word here. */
function redactVia(value: string, redactor: Redactor): string {
  return value
    .split(/(SIP\s{0,8}\/\s{0,8}2\.0\s{0,8}\/\s{0,8}\w{1,20}\s{1,20}[^;,\s]+)/iu)
    .map((part, index) => {
      if (index % 2 === 0) return redactWire(part, redactor);
      const sentBy = part.slice(part.search(/\s[^\s]*$/u) + 1);
      return part.slice(0, -sentBy.length) + redactHostPort(sentBy, redactor);
    })
    .join("");
}

/** `Digest username="alice", realm="example.test", nonce="…"`. */
function redactCredentials(value: string, redactor: Redactor): string {
  let isFirst = true;
  return value.replace(
    /([\w-]+)(\s{0,8}=\s{0,8})("(?:[^"\\]|\\.)*"|[^\s,"]+)|[^\s,=]+/gsu,
    (all, name?: string, equals?: string, text?: string) => {
      const wasFirst = isFirst;
      isFirst = false;
      if (name === undefined || equals === undefined || text === undefined)
        return wasFirst ? all : redactor.credential(all);
      return name + equals + redactCredential(name.toLowerCase(), text, redactor);
    },
  );
}

function redactCredential(name: string, text: string, redactor: Redactor): string {
  if (openParameters.has(name)) return text;
  const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  const value = isQuoted ? text.slice(1, -1) : text;
  const replaced =
    name === "uri" || name === "domain"
      ? redactWire(value, redactor)
      : name === "username" || name === "realm"
        ? redactNamed(name, value, redactor)
        : redactor.credential(value);
  return isQuoted ? `"${replaced}"` : replaced;
}

/** As in the URIs, so that a user name and a realm are still seen to be the same as there. */
function redactNamed(name: string, value: string, redactor: Redactor): string {
  const at = value.indexOf("@");
  if (at > 0) return `${redactor.user(value.slice(0, at))}@${redactor.host(value.slice(at + 1))}`;
  return name === "username" ? redactor.user(value) : redactor.host(value);
}

const openParameters: ReadonlySet<string> = new Set([
  "algorithm",
  "qop",
  "nc",
  "stale",
  "charset",
  "userhash",
  "alg",
  "ppt",
]);

/** `399 host "text"`. RFC 3261 §20.43 */
function redactWarning(value: string, redactor: Redactor): string {
  return value
    .replace(
      /^(\s*\d{3}\s{1,8})([^\s"]+)/u,
      (_all, code: string, agent: string) => code + redactHostPort(agent, redactor),
    )
    .replace(/"[^"]*"/gu, (text) => redactWire(text, redactor));
}

/** Products name themselves; some add the serial number of the device. */
function redactProduct(value: string, redactor: Redactor): string {
  return redactWire(value, redactor)
    .replace(/(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}/gu, (mac) => redactor.text(mac))
    .replace(/(?<![0-9A-Za-z])[0-9A-Fa-f]{12,64}(?![0-9A-Za-z])/gu, (serial) => redactor.text(serial));
}

type Treatment = "keep" | "scan" | "parties" | "via" | "credentials" | "warning" | "product" | "token" | "mask";

/** By full name in lower case; a field that is not here is masked. */
const treatments: Readonly<Record<string, Treatment>> = Object.assign(Object.create(null), {
  ...each(
    "keep",
    "cseq content-length content-type content-encoding content-disposition max-forwards expires min-expires min-se",
  ),
  ...each(
    "keep",
    "session-expires allow allow-events supported require proxy-require unsupported accept accept-encoding",
  ),
  ...each(
    "keep",
    "accept-language event subscription-state rseq rack retry-after date timestamp mime-version priority privacy",
  ),
  ...each(
    "keep",
    "refer-sub flow-timer max-breadth session-id answer-mode priv-answer-mode recv-info info-package request-disposition",
  ),
  ...each("keep", "reject-contact accept-contact join-control sip-etag sip-if-match feature-caps"),
  ...each("scan", "call-id in-reply-to replaces target-dialog join reason error-info alert-info call-info"),
  ...each(
    "parties",
    "from to contact route record-route path service-route refer-to referred-by reply-to diversion history-info",
  ),
  ...each(
    "parties",
    "p-asserted-identity p-preferred-identity p-called-party-id p-associated-uri remote-party-id p-profile-key",
  ),
  ...each("via", "via"),
  ...each("credentials", "authorization proxy-authorization www-authenticate proxy-authenticate authentication-info"),
  ...each("credentials", "proxy-authentication-info security-client security-server security-verify"),
  ...each("warning", "warning"),
  ...each("product", "user-agent server"),
  ...each("token", "identity"),
});

function each(treatment: Treatment, names: string): Record<string, Treatment> {
  return Object.fromEntries(names.split(" ").map((name) => [name, treatment]));
}
