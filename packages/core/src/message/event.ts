import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import type { Params } from "./params.ts";
import { isToken } from "./token.ts";

/** What is subscribed to. */
export interface Event {
  readonly package: string;
  /** Tells subscriptions of one dialog apart. */
  readonly id?: string;
  readonly params: Params;
}

/** What is subscribed to. RFC 6665 §8.2.1 */
export const event: HeaderField<Event> = headerField({
  name: "Event",
  compact: "o",
  single: true,
  citation: "RFC 6665 §8.2.1",
  parse(text) {
    const { value, params } = parseParameterized(text);
    return isToken(value) ? { package: value, id: params.get("id"), params } : undefined;
  },
  flaw: paramsFlaw,
});
