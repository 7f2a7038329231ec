import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import { LARGEST_NUMBER } from "./numberField.ts";
import { numberParam, parseNumber, type Params } from "./params.ts";
import { skipSpace, trimEnd } from "./token.ts";

/** When to try again. */
export interface RetryAfter {
  readonly seconds: number;
  readonly comment?: string;
  /** How long the callee will be reachable from then on. */
  readonly durationSeconds?: number;
  readonly params: Params;
}

/** When to try again. RFC 3261 §20.33 */
export const retryAfter: HeaderField<RetryAfter> = headerField({
  name: "Retry-After",
  single: true,
  citation: "RFC 3261 §20.33",
  parse(text) {
    const digits = /^\d*/.exec(text)?.[0] ?? "";
    const seconds = parseNumber(digits);
    if (seconds === undefined) return undefined;
    const end = commentEnd(text, skipSpace(text, digits.length));
    const comment = text.slice(skipSpace(text, digits.length), end);
    const { params } = parseParameterized(text.slice(end));
    return {
      seconds,
      comment: comment === "" ? undefined : comment.slice(1, -1),
      durationSeconds: numberParam(params, "duration"),
      params,
    };
  },
  flaw(text, { seconds }) {
    const digits = /^\d*/.exec(text)?.[0].length ?? 0;
    const rest = text.slice(commentEnd(text, skipSpace(text, digits))).trim();
    if (rest !== "" && !rest.startsWith(";")) return "field-syntax";
    return seconds > LARGEST_NUMBER ? "field-value" : paramsFlaw(rest);
  },
});

/** Index after the parenthesized comment at `start`, and after the space that follows; `start` where there is none. */
function commentEnd(text: string, start: number): number {
  if (text[start] !== "(") return start;
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "(") depth++;
    else if (text[i] === ")" && --depth === 0) return trimEnd(text, start, i + 1);
  }
  return start;
}
