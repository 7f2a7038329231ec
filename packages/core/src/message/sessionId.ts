import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Params } from "./params.ts";

/** The identifier that a call keeps across back-to-back user agents. */
export interface SessionId {
  /** 32 lower-case hexadecimal digits; all zero where it is not known yet. */
  readonly id: string;
  /** The identifier of the other side, from the parameter of that name. */
  readonly remote?: string;
  readonly params: Params;
}

/** The identifier that the call keeps across back-to-back user agents. RFC 7989 §5 */
export const sessionId: HeaderField<SessionId> = headerField({
  name: "Session-ID",
  single: true,
  citation: "RFC 7989 §5",
  parse(text) {
    const { value, params } = parseParameterized(text);
    if (value === "") return undefined;
    return { id: value.toLowerCase(), remote: params.get("remote")?.toLowerCase(), params };
  },
  flaw: (text, { id }) => (/^[0-9a-f]{32}$/.test(id) ? paramsFlaw(text) : "field-syntax"),
});
