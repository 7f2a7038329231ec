import { contact } from "../../../packages/core/src/message/contact.ts";
import { fieldOfId, NO_FIELD, VIA_ID } from "../../../packages/core/src/message/fieldId.ts";
import { from } from "../../../packages/core/src/message/from.ts";
import type { HeaderField } from "../../../packages/core/src/message/headerField.ts";
import { indexMessage, MOST_NUMBERS } from "../../../packages/core/src/message/indexMessage.ts";
import type { SipMessage } from "../../../packages/core/src/message/message.ts";
import { barePacket, parseMessage } from "../../../packages/core/src/message/parseMessage.ts";
import { quickNumber } from "../../../packages/core/src/message/quickValue.ts";
import { to } from "../../../packages/core/src/message/to.ts";
import { parseUri } from "../../../packages/core/src/message/uri.ts";
import { via } from "../../../packages/core/src/message/via.ts";
import { PLACE } from "../../../packages/core/src/network/messageIndex.ts";
import type { Packet } from "../../../packages/core/src/network/packet.ts";
import { sessionDescription } from "../../../packages/core/src/sdp/sessionDescription.ts";
import { fieldsOfRules } from "./fieldsOfRules.ts";
import type { MessageSet } from "./messageFile.ts";
import { type MakeParser, textsOf } from "./parserUnderTest.ts";

/** Start line, header lines with their fields, and the places of what every message is asked for. */
export const index: MakeParser = ({ bytes, starts }) => {
  const numbers = new Int32Array(MOST_NUMBERS);
  const parse = (i: number): boolean => indexMessage(bytes, starts[i], starts[i + 1], numbers, 0, false);
  return {
    parse,
    facts(i) {
      if (!parse(i)) return undefined;
      const lines = numbers.subarray(PLACE.lines, PLACE.lines + numbers[PLACE.lineCount]);
      const cseq = quickNumber(bytes, starts[i] + numbers[PLACE.cseq], starts[i] + numbers[PLACE.cseq + 1]);
      return { cseq: Math.max(0, cseq), vias: lines.filter((line) => line >>> 24 === VIA_ID).length };
    },
  };
};

/** The same, with strings of what messages are matched by. */
export const message: MakeParser = (set) => ofMessages(set, matchedBy);

/** Every header field that is read by what comes after the parser, and the URIs of those that rules take apart. */
export const fields = async (): Promise<MakeParser> => {
  const used = byId(await fieldsOfRules());
  return (set) => ofMessages(set, (parsed) => [matchedBy(parsed), decodeFields(parsed, used)]);
};

/** The same, and the session description. */
export const everything = async (): Promise<MakeParser> => {
  const used = byId(await fieldsOfRules());
  return (set) =>
    ofMessages(set, (parsed) => [matchedBy(parsed), decodeFields(parsed, used), sessionDescription(parsed)]);
};

/** The others are strings already when there is a message. */
function matchedBy({ callId, fromTag, cseqMethod }: SipMessage): number {
  return callId.length + fromTag.length + cseqMethod.length;
}

/** The field of each header line, where it is one of those. */
function decodeFields(parsed: SipMessage, used: readonly (HeaderField<unknown> | undefined)[]): void {
  for (let line = 0; line < parsed.lineCount; line++) {
    const field = used[parsed.lineId(line)];
    if (field !== undefined) parsed.all(field);
  }
  if (parsed.kind === "request") parseUri(parsed.requestUri);
  for (const field of [from, to, contact]) {
    for (const { uri } of parsed.all(field)) parseUri(uri);
  }
}

function byId(used: readonly HeaderField<unknown>[]): readonly (HeaderField<unknown> | undefined)[] {
  return Array.from({ length: NO_FIELD + 1 }, (_, id) => used.find((field) => field === fieldOfId(id)));
}

function ofMessages(set: MessageSet, decode: (parsed: SipMessage) => unknown): ReturnType<MakeParser> {
  const packets = packetsOf(set);
  const parse = (i: number): SipMessage | undefined => {
    const parsed = parseMessage(packets[i]);
    if (parsed !== undefined) decode(parsed);
    return parsed;
  };
  return {
    parse,
    facts(i) {
      const parsed = parse(i);
      return parsed && { cseq: Math.max(0, parsed.cseqNumber), vias: parsed.count(via) };
    },
  };
}

function packetsOf({ bytes, starts }: MessageSet): readonly Packet[] {
  const whole = barePacket(bytes);
  return starts.slice(1).map((end, i) => ({ ...whole, start: starts[i], end }));
}

/** The bound: lines split, names told apart, values kept as they are. */
export const bound: MakeParser = (set) => {
  const texts = textsOf(set);
  return {
    parse: (i) => splitLines(texts[i]),
    facts(i) {
      const { cseq, vias } = splitLines(texts[i]);
      return { cseq: Number.parseInt(cseq, 10), vias };
    },
  };
};

interface SplitMessage {
  readonly startLine: string;
  vias: number;
  via: string;
  from: string;
  to: string;
  callId: string;
  cseq: string;
  contentLength: string;
}

function splitLines(text: string): SplitMessage {
  const lines = text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n");
  const split = { startLine: lines[0], vias: 0, via: "", from: "", to: "", callId: "", cseq: "0", contentLength: "" };
  for (let i = 1; i < lines.length; i++) {
    const colon = lines[i].indexOf(":");
    put(split, lines[i].slice(0, colon), lines[i].slice(colon + 1));
  }
  return split;
}

function put(split: SplitMessage, name: string, value: string): void {
  switch (name.toLowerCase()) {
    case "v":
    case "via":
      split.vias++;
      split.via = value;
      break;
    case "f":
    case "from":
      split.from = value;
      break;
    case "t":
    case "to":
      split.to = value;
      break;
    case "i":
    case "call-id":
      split.callId = value;
      break;
    case "cseq":
      split.cseq = value;
      break;
    case "l":
    case "content-length":
      split.contentLength = value;
      break;
    default:
  }
}
