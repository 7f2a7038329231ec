import { headerField, type HeaderField } from "./headerField.ts";
import { isQuotedString, unquote } from "./quotedString.ts";
import { skipSpace } from "./token.ts";

/** What a server has to say about a response. */
export interface Warning {
  readonly code: number;
  /** Host or pseudonym of the element that added it. */
  readonly agent: string;
  readonly text: string;
}

/** What a server has to say about the response. RFC 3261 §20.43 */
export const warning: HeaderField<Warning> = headerField({
  name: "Warning",
  list: true,
  citation: "RFC 3261 §20.43",
  parse(text) {
    const match = /^(\d{1,10})[ \t]+([^ \t]+)/.exec(text);
    if (match === null) return undefined;
    return { code: Number(match[1]), agent: match[2], text: unquote(quoted(text, match[0].length)) };
  },
  flaw(text, { agent }) {
    if (!/^\d\d\d[ \t]/.test(text)) return "field-syntax";
    const afterAgent = text.indexOf(agent, 4) + agent.length;
    return isQuotedString(quoted(text, afterAgent)) ? undefined : "field-syntax";
  },
});

function quoted(text: string, start: number): string {
  return text.slice(skipSpace(text, start));
}
