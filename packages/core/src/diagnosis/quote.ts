import { COMMA } from "../bytes/ascii.ts";
import type { HeaderField } from "../message/headerField.ts";
import type { SipMessage } from "../message/message.ts";
import { splitOutside } from "../message/splitOutside.ts";
import type { Evidence } from "./rule.ts";

/** The line of a message that shows it, as it was on the wire. */
export function headerFieldQuote(evidence: Extract<Evidence, { message: unknown }>): string {
  if ("line" in evidence) return evidence.line;
  const { message, field, index = 0 } = evidence;
  return message.quote(field, index === 0 ? 0 : lineOfValue(message, field, index));
}

/** Several values may share a line: the line, counted from 0, that holds the value which `message.all(field)` has at `index`. */
function lineOfValue(message: SipMessage, field: HeaderField<unknown>, index: number): number {
  let before = 0;
  for (const [line, text] of message.values(field.name).entries()) {
    const texts = field.list ? splitOutside(text, COMMA) : [text];
    before += texts.filter((value) => field.parse(value) !== undefined).length;
    if (before > index) return line;
  }
  return 0;
}
