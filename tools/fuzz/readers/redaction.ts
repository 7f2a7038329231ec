import { barePacket, parseMessage } from "../../../packages/core/src/message/parseMessage.ts";
import { redactMessage } from "../../../packages/core/src/redaction/redactMessage.ts";
import { Redactor } from "../../../packages/core/src/redaction/redactor.ts";
import { messageLines } from "../../../packages/core/src/view/messageLines.ts";
import { messageTexts } from "../corpus.ts";
import { ensure } from "../ensure.ts";
import type { FuzzReader } from "../fuzzReader.ts";
import { textMutations } from "../mutate.ts";
import { mutatingReader } from "../mutatingReader.ts";
import { checkPrinted } from "../outputs.ts";

/** One message, shown line by line and redacted. */
export function redactionReader(): FuzzReader {
  return mutatingReader({
    name: "redaction",
    extension: ".sip",
    seeds: messageTexts(),
    mutations: textMutations,
    allowedMillis: (bytes) => 300 + bytes / 50,
    run: redact,
  });
}

function redact(input: Uint8Array): void {
  for (const { text, start, end } of messageLines(input)) {
    checkPrinted(text);
    ensure(start >= 0 && start <= end && end <= input.length, "a line is outside the message");
  }
  const redacted = redactMessage(input, new Redactor());
  const [before, after] = [input, redacted].map((bytes) => parseMessage(barePacket(bytes)));
  ensure((before === undefined) === (after === undefined), "what is SIP and what is not differs when redacted");
  ensure(before?.kind === after?.kind, "another kind of message when redacted");
  // Of a field whose name holds a control character only the name is kept.
  if (!CONTROLS.test(Buffer.from(input).toString("latin1")))
    ensure(before?.cseqNumber === after?.cseqNumber, "another CSeq number when redacted");
}

const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;
