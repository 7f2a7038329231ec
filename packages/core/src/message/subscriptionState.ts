import { headerField, type HeaderField } from "./headerField.ts";
import { paramsFlaw, parseParameterized } from "./parameterized.ts";
import { numberParam, type Params } from "./params.ts";
import { isToken } from "./token.ts";

/** What became of a subscription. */
export interface SubscriptionState {
  /** Lower-case: `active`, `pending`, `terminated` or another. */
  readonly state: string;
  /** Lower-case: `noresource`, `timeout` … */
  readonly reason?: string;
  readonly expiresSeconds?: number;
  readonly retryAfterSeconds?: number;
  readonly params: Params;
}

/** What became of a subscription. RFC 6665 §8.2.3 */
export const subscriptionState: HeaderField<SubscriptionState> = headerField({
  name: "Subscription-State",
  single: true,
  citation: "RFC 6665 §8.2.3",
  parse(text) {
    const { value, params } = parseParameterized(text);
    if (!isToken(value)) return undefined;
    return {
      state: value.toLowerCase(),
      reason: params.get("reason")?.toLowerCase(),
      expiresSeconds: numberParam(params, "expires"),
      retryAfterSeconds: numberParam(params, "retry-after"),
      params,
    };
  },
  flaw: paramsFlaw,
});
