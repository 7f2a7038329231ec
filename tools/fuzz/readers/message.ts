import type { Span } from "../../../packages/core/src/bytes/span.ts";
import { bodyParts } from "../../../packages/core/src/message/bodyParts.ts";
import { knownFields } from "../../../packages/core/src/message/knownFields.ts";
import type { SipMessage } from "../../../packages/core/src/message/message.ts";
import { barePacket, parseMessage } from "../../../packages/core/src/message/parseMessage.ts";
import { peekMessage } from "../../../packages/core/src/message/peekMessage.ts";
import { sipfragStatus } from "../../../packages/core/src/message/sipfrag.ts";
import { parseUri, uriWithoutParameters } from "../../../packages/core/src/message/uri.ts";
import { uriFlaw } from "../../../packages/core/src/message/uriFlaw.ts";
import { sessionDescription } from "../../../packages/core/src/sdp/sessionDescription.ts";
import { messageTexts } from "../corpus.ts";
import { ensure } from "../ensure.ts";
import { textMutations } from "../mutate.ts";
import { mutatingReader } from "../mutatingReader.ts";
import type { FuzzReader } from "../fuzzReader.ts";

/** One SIP message: every header field decoded, every anomaly, every part of the body. */
export function messageReader(): FuzzReader {
  return mutatingReader({
    name: "message",
    extension: ".sip",
    seeds: messageTexts(),
    mutations: textMutations,
    allowedMillis: (bytes) => 200 + bytes / 250,
    run: readMessage,
  });
}

function readMessage(input: Uint8Array): void {
  // Not at the start of its buffer and not at the end: what is read beside it shows.
  const start = input.length % 7;
  const bytes = new Uint8Array(start + input.length + 9).fill(0x20);
  bytes.set(input, start);
  const packet = { ...barePacket(bytes), start, end: start + input.length };
  const peek = peekMessage(packet);
  const message = parseMessage(packet);
  ensure((peek === undefined) === (message === undefined), "the first look and the parser differ about what is SIP");
  if (peek === undefined || message === undefined) return;
  const { kind, callId, method, hasToTag, statusCode } = peekMessage(packet)!;
  ensure(kind === message.kind, "the first look sees another kind");
  ensure(callId === message.callId, "the first look sees another Call-ID");
  ensure(method === message.method, "the first look sees another method");
  ensure(hasToTag === (message.toTag !== ""), "the first look sees another To tag");
  if (message.kind === "response") ensure(statusCode === message.statusCode, "the first look sees another status code");
  readAll(message, input.length);
}

function readAll(message: SipMessage, length: number): void {
  inside(message.body, length, "the body");
  inside(message.startLineSpan, length, "the start line");
  for (const { span, kind } of message.anomalies) inside(span, length, kind);
  ensure(message.anomalies.length <= 4 * message.lineCount + 64, "more anomalies than there can be");
  for (let line = 0; line < message.lineCount; line++) {
    inside(message.lineSpan(line), length, "a header line");
    message.lineName(line);
    ensure(!/[\r\n]/.test(message.lineValue(line)), "an unfolded value has line ends");
  }
  for (const field of knownFields) {
    if (!message.has(field)) continue;
    message.all(field);
    inside(message.span(field, message.count(field) - 1)!, length, field.name);
    ensure(message.quote(field).length <= 200, "a quote is too long");
  }
  const parts = bodyParts(message);
  ensure(parts.length <= 64, "too many parts");
  for (const { span } of parts) inside(span, length, "a part of the body");
  const description = sessionDescription(message);
  ensure(description === undefined || description.media.length <= 101, "too many media");
  const status = sipfragStatus(message);
  ensure(status === undefined || Number.isInteger(status.statusCode), "a sipfrag status is no number");
  if (message.kind === "request") {
    parseUri(message.requestUri);
    uriWithoutParameters(message.requestUri);
    uriFlaw(message.requestUri);
  }
  message.bodyText();
}

function inside({ start, end }: Span, length: number, what: string): void {
  ensure(start >= 0 && start <= end && end <= length, () => `${what} is outside the message`);
}
