import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import { LARGEST_NUMBER } from "./numberField.ts";
import { parseNumber, type Params } from "./params.ts";

/** How long a session lives without a refresh. */
export interface SessionExpires {
  readonly seconds: number;
  /** Lower-case: `uac` or `uas`. */
  readonly refresher?: string;
  readonly params: Params;
}

/** How long the session lives without a refresh, and who refreshes it. RFC 4028 §4 */
export const sessionExpires: HeaderField<SessionExpires> = headerField({
  name: "Session-Expires",
  compact: "x",
  single: true,
  citation: "RFC 4028 §4",
  parse(text) {
    const { value, params } = parseParameterized(text);
    const seconds = parseNumber(value);
    return seconds === undefined ? undefined : { seconds, refresher: params.get("refresher")?.toLowerCase(), params };
  },
  flaw: (text, { seconds }) => (seconds > LARGEST_NUMBER ? "field-value" : paramsFlaw(text)),
});
