import { responseCode } from "./facts.ts";
import type { HeaderFieldFact } from "./responseCode.ts";

/**
 * What a response with this code to this method must carry besides Via, From, To, Call-ID and CSeq. A fact with a `condition` binds only
 * where the condition holds; one with several names wants at least one of them. Empty for a code that is not registered.
 */
export function requiredHeaderFields(code: number, method?: string): readonly HeaderFieldFact[] {
  return (responseCode(code)?.headerFields ?? []).filter(
    ({ need, methods }) =>
      need === "required" && (methods === undefined || method === undefined || methods.includes(method)),
  );
}
