import { warning } from "../message/warning.ts";
import type { AnyDraft } from "./diagnose.ts";

/** Who refuses may say why in words of its own: whatever a rule concludes, they are shown with it. RFC 3261 §20.43 */
export function withWarning(draft: AnyDraft): AnyDraft {
  const { response, evidence } = draft;
  if (response === undefined || response.statusCode < 300 || !response.has(warning)) return draft;
  if (evidence.some((shown) => "field" in shown && shown.field === warning)) return draft;
  return { ...draft, evidence: [...evidence, { message: response, field: warning }] };
}
