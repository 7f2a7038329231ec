import type { HeaderLines } from "../network/headerLines.ts";
import type { Packet } from "../network/packet.ts";
import { copyHeader, keepLines, LONGEST_MESSAGE, type Mutable, scanHeader } from "./headerScan.ts";
import { isSipMessage } from "./parseMessage.ts";
import { quickSecondWord, quickTag, quickText } from "./quickValue.ts";
import { readStartLine } from "./startLine.ts";

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
  /** Where its header lines are. */
  readonly header: HeaderLines;
}

const header: Mutable<HeaderLines> = { ...scanHeader(new Uint8Array(0), 0, 0) };
const peek: MessagePeek = { kind: "request", callId: "", method: "", statusCode: -1, hasToTag: false, header };

/** Looks at a message without keeping anything of it but where its header lines are; `undefined` only where it is no SIP at all. */
export function peekMessage({ bytes, start, end }: Packet): MessagePeek | undefined {
  const scan = scanHeader(bytes, start, Math.min(end, start + LONGEST_MESSAGE));
  const line = readStartLine(bytes, start + scan.startLineStart, start + scan.startLineEnd);
  if (!isSipMessage(scan, line)) return undefined;
  copyHeader(scan, header);
  keepLines();
  peek.kind = line.kind === "response" ? "response" : "request";
  peek.statusCode = line.statusCode;
  peek.callId = scan.callId < 0 ? "" : quickText(bytes, scan.callId, scan.callIdEnd);
  peek.hasToTag = scan.to >= 0 && quickTag(bytes, scan.to, scan.toEnd) !== "";
  peek.method = line.method;
  if (peek.kind === "response") peek.method = scan.cseq < 0 ? "" : quickSecondWord(bytes, scan.cseq, scan.cseqEnd);
  return peek;
}
