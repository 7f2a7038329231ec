import { indexedText, type MessageIndex, PLACE, RESPONSE } from "../network/messageIndex.ts";
import type { Packet } from "../network/packet.ts";
import { indexMessage, MOST_NUMBERS } from "./indexMessage.ts";

/** What it takes to put a message aside for its call. One object, filled again by each peek: read it at once. */
export interface MessagePeek {
  kind: "request" | "response";
  /** `""` where absent. */
  callId: string;
  /** Of a request that of its start line, of a response that of its CSeq. */
  method: string;
  /** -1 for a request, and where it is not three digits. */
  statusCode: number;
  /** True where To has a tag: a request inside a dialog. RFC 3261 §12.2 */
  hasToTag: boolean;
  readonly index: MessageIndex;
}

const numbers: Int32Array = new Int32Array(MOST_NUMBERS);
const index: MessageIndex = { numbers, at: 0 };
const peek: MessagePeek = { kind: "request", callId: "", method: "", statusCode: -1, hasToTag: false, index };

/** Looks at a message without keeping anything of it but where things are; `undefined` only where it is no SIP at all. */
export function peekMessage(packet: Packet): MessagePeek | undefined {
  if (!indexMessage(packet.bytes, packet.start, packet.end, numbers, 0, packet.cut)) return undefined;
  const isResponse = (numbers[PLACE.flags] & RESPONSE) !== 0;
  peek.kind = isResponse ? "response" : "request";
  peek.statusCode = numbers[PLACE.statusCode];
  peek.callId = indexedText(packet, index, PLACE.callId);
  peek.hasToTag = numbers[PLACE.toTag + 1] > numbers[PLACE.toTag];
  peek.method = isResponse
    ? indexedText(packet, index, PLACE.cseqMethod)
    : indexedText(packet, index, PLACE.startLine, PLACE.methodEnd);
  return peek;
}
