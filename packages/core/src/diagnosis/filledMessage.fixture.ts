import type { Transport } from "../capture/transport.ts";

/** A message of a fixture, before and after it is filled. */
export interface Sent {
  readonly source: string;
  readonly destination: string;
  readonly transport: Transport;
  readonly text: string;
  readonly bare?: boolean;
}

interface Parts {
  readonly startLine: string;
  readonly fields: readonly string[];
  readonly body: string;
}

const INSIDE_DIALOG = ["ACK", "BYE", "INFO", "NOTIFY", "PRACK", "UPDATE", "REFER"];
/** Requests of these methods are a leg of their own unless their Call-ID is written. */
const CALL_IDS: Readonly<Record<string, string>> = { REGISTER: "register", OPTIONS: "options", SUBSCRIBE: "subscribe" };

/**
 * Adds the header fields that every message must have and that are not written: of a response from the request it answers, of a
 * request that its sender had received, with that one's Via values below. With `bare` it goes out as it is written.
 */
export function filledMessage(message: Sent, before: readonly Sent[]): Sent {
  if (message.bare === true) return { ...message, text: crlf(message.text) };
  const parts = partsOf(message.text);
  const filled = isResponse(message.text)
    ? filledResponse(message, parts, before)
    : filledRequest(message, parts, before);
  const length = new TextEncoder().encode(parts.body).length;
  const fields = has(parts, "Content-Length") ? filled : [...filled, `Content-Length: ${length}`];
  return { ...message, text: `${[parts.startLine, ...fields].join("\r\n")}\r\n\r\n${parts.body}` };
}

function filledResponse(message: Sent, parts: Parts, before: readonly Sent[]): string[] {
  const cseq = valueOf(parts, "CSeq");
  const callId = valueOf(parts, "Call-ID");
  const answers = (sent: Sent): boolean =>
    !isResponse(sent.text) &&
    methodOf(sent.text) !== "ACK" &&
    (cseq === undefined || field(sent, "CSeq") === cseq) &&
    (callId === undefined || field(sent, "Call-ID") === callId);
  const request =
    before.findLast(
      (sent) => answers(sent) && sent.source === message.destination && sent.destination === message.source,
    ) ??
    before.findLast((sent) => answers(sent) && sent.source === message.destination) ??
    before.findLast(answers);
  const asked = request === undefined ? unseenRequest(message, cseq ?? "1 INVITE") : partsOf(request.text);
  const statusCode = Number(parts.startLine.split(" ")[1]);
  const to = valueOf(passedOn(message, asked, statusCode, before) ?? asked, "To") ?? "";
  const tag = statusCode > 100 && !to.includes("tag=") ? `;tag=to-${message.source.replace(/\W/gu, "-")}` : "";
  const ok = statusCode >= 200 && statusCode < 300 && (valueOf(asked, "CSeq") ?? "").endsWith("INVITE");
  return [
    ...missing(
      parts,
      "Via",
      allOf(asked, "Via").map((value) => `Via: ${value}`),
    ),
    ...missing(parts, "From", [`From: ${valueOf(asked, "From")}`]),
    ...missing(parts, "To", [`To: ${to}${tag}`]),
    ...missing(parts, "Call-ID", [`Call-ID: ${valueOf(asked, "Call-ID")}`]),
    ...missing(parts, "CSeq", [`CSeq: ${valueOf(asked, "CSeq")}`]),
    ...(ok ? missing(parts, "Contact", [`Contact: <sip:${message.source}>`]) : []),
    ...parts.fields,
  ];
}

/** The same answer that its sender got from further down: its To tag passes through. RFC 3261 §16.7 */
function passedOn(message: Sent, asked: Parts, statusCode: number, before: readonly Sent[]): Parts | undefined {
  const received = before.findLast(
    (sent) =>
      sent.text.startsWith(`SIP/2.0 ${statusCode} `) &&
      sent.destination === message.source &&
      field(sent, "CSeq") === valueOf(asked, "CSeq") &&
      field(sent, "Call-ID") === valueOf(asked, "Call-ID"),
  );
  return received && partsOf(received.text);
}

function unseenRequest(message: Sent, cseq: string): Parts {
  const [, method] = cseq.split(" ");
  const text = `${method} sip:bob@example.com SIP/2.0\nCSeq: ${cseq}`;
  return partsOf(
    filledMessage({ ...message, source: message.destination, destination: message.source, text }, []).text,
  );
}

function filledRequest(message: Sent, parts: Parts, before: readonly Sent[]): string[] {
  const method = methodOf(message.text);
  const callId = valueOf(parts, "Call-ID") ?? CALL_IDS[method] ?? "call";
  const requests = before.filter((sent) => !isResponse(sent.text) && field(sent, "Call-ID") === callId);
  const own = requests.filter(({ source }) => source === message.source);
  const forwarded = requests.findLast(
    (sent) => sent.destination === message.source && methodOf(sent.text) === method && method !== "CANCEL",
  );
  const upstream =
    forwarded === undefined || own.some((sent) => isSame(sent, forwarded)) ? undefined : partsOf(forwarded.text);
  const invite = own.findLast((sent) => methodOf(sent.text) === "INVITE" && sent.destination === message.destination);
  const final = before.findLast(
    (sent) =>
      isResponse(sent.text) && field(sent, "Call-ID") === callId && (field(sent, "CSeq") ?? "").endsWith("INVITE"),
  );
  const refused = final !== undefined && !final.text.startsWith("SIP/2.0 2");
  const belongs = method === "CANCEL" || (method === "ACK" && refused) ? invite : undefined;
  const [from, to] = parties(message, parts, method, upstream, before, callId);
  const number = cseqNumber(method, own, upstream, belongs ?? own.findLast((sent) => methodOf(sent.text) === "INVITE"));
  const branch = belongs === undefined ? undefined : field(belongs, "Via");
  const hops = Number((upstream && valueOf(upstream, "Max-Forwards")) ?? 71) - 1;
  const via = branch ?? `SIP/2.0/${message.transport.toUpperCase()} ${message.source};branch=z9hG4bK${before.length}`;
  return [
    ...missing(
      parts,
      "Via",
      [via, ...(upstream === undefined ? [] : allOf(upstream, "Via"))].map((v) => `Via: ${v}`),
    ),
    ...missing(parts, "From", [`From: ${from}`]),
    ...missing(parts, "To", [`To: ${to}`]),
    ...missing(parts, "Call-ID", [`Call-ID: ${callId}`]),
    ...missing(parts, "CSeq", [`CSeq: ${number} ${method}`]),
    ...missing(parts, "Max-Forwards", [`Max-Forwards: ${hops}`]),
    ...(method === "INVITE"
      ? missing(parts, "Contact", [
          `Contact: ${(upstream && valueOf(upstream, "Contact")) ?? `<sip:${message.source}>`}`,
        ])
      : []),
    ...parts.fields,
  ];
}

/** From and To: of the request that is passed on; of the dialog; else alice and whom the Request-URI names. */
function parties(
  message: Sent,
  parts: Parts,
  method: string,
  upstream: Parts | undefined,
  before: readonly Sent[],
  callId: string,
): [string, string] {
  if (upstream !== undefined) return [valueOf(upstream, "From") ?? "", valueOf(upstream, "To") ?? ""];
  const target = parts.startLine.split(" ")[1].split(";")[0];
  const caller = method === "REGISTER" ? target.replace(":", ":alice@") : "sip:alice@example.com";
  const fresh: [string, string] = [`<${caller}>;tag=from`, `<${method === "REGISTER" ? caller : target}>`];
  const inside = INSIDE_DIALOG.includes(method) || method === "CANCEL";
  const related = before.findLast((sent) => field(sent, "Call-ID") === callId && isRelated(sent, message, method));
  if (!inside || related === undefined) return fresh;
  const [from, to] = [field(related, "From") ?? "", field(related, "To") ?? ""];
  const bySameSide = isResponse(related.text)
    ? related.destination === message.source
    : related.source === message.source;
  return bySameSide ? [from, to] : [to, from];
}

/** A CANCEL has no tag of the other side: it repeats the INVITE. All others go with the last final answer. RFC 3261 §9.1 */
function isRelated(sent: Sent, message: Sent, method: string): boolean {
  if (method === "CANCEL") return methodOf(sent.text) === "INVITE" && sent.source === message.source;
  return isResponse(sent.text) && !sent.text.startsWith("SIP/2.0 1") && (field(sent, "CSeq") ?? "").endsWith("INVITE");
}

function cseqNumber(
  method: string,
  own: readonly Sent[],
  upstream: Parts | undefined,
  invite: Sent | undefined,
): number {
  if (upstream !== undefined) return Number.parseInt(valueOf(upstream, "CSeq") ?? "1", 10);
  if ((method === "ACK" || method === "CANCEL") && invite !== undefined) {
    return Number.parseInt(field(invite, "CSeq") ?? "1", 10);
  }
  return own.reduce((most, sent) => Math.max(most, Number.parseInt(field(sent, "CSeq") ?? "0", 10)), 0) + 1;
}

function isSame(a: Sent, b: Sent): boolean {
  return methodOf(a.text) === methodOf(b.text) && field(a, "CSeq") === field(b, "CSeq");
}

function partsOf(text: string): Parts {
  const lines = text.replaceAll("\r\n", "\n");
  const end = lines.indexOf("\n\n");
  const [startLine, ...fields] = (end < 0 ? lines : lines.slice(0, end)).split("\n");
  return { startLine, fields, body: end < 0 ? "" : crlf(lines.slice(end + 2)) };
}

function missing(parts: Parts, name: string, filled: string[]): string[] {
  return has(parts, name) ? [] : filled;
}

function has(parts: Parts, name: string): boolean {
  return allOf(parts, name).length > 0;
}

function valueOf(parts: Parts, name: string): string | undefined {
  return allOf(parts, name)[0];
}

const COMPACT: Readonly<Record<string, string>> = {
  via: "v",
  from: "f",
  to: "t",
  "call-id": "i",
  contact: "m",
  "content-length": "l",
};

function allOf({ fields }: Parts, name: string): string[] {
  const wanted = [name.toLowerCase(), COMPACT[name.toLowerCase()]];
  return fields
    .filter((line) => wanted.includes(line.slice(0, line.indexOf(":")).trim().toLowerCase()))
    .map((line) => line.slice(line.indexOf(":") + 1).trim());
}

function field(sent: Sent, name: string): string | undefined {
  return valueOf(partsOf(sent.text), name);
}

function isResponse(text: string): boolean {
  return text.startsWith("SIP/2.0 ");
}

function methodOf(text: string): string {
  return text.slice(0, text.indexOf(" "));
}

function crlf(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n");
}
