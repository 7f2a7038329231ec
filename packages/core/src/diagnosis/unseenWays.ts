import type { BasisKind } from "../call/origin.ts";
import type { AnyDraft } from "./diagnose.ts";
import { behind } from "./missing.ts";

/**
 * Mirrors and capture programs lose packets, so that nothing on a way is in view proves nothing. An element that is not seen to have sent the
 * request on may have done so all the same, and what is told of one need not be what happened there where another one is known to stand behind it. Guard G2.
 */
export function withinWhatIsInView(draft: AnyDraft): AnyDraft {
  const { verdict, origin, missing = [] } = draft;
  if (verdict !== "certain" || origin === undefined) return draft;
  const isOf = (wanted: BasisKind): boolean => origin.basis.some(({ kind }) => kind === wanted);
  if (isOf("way-not-in-view")) return { ...draft, verdict: "likely", missing: [...missing, behind(origin.endpoint)] };
  return isOf("forwards-elsewhere") ? { ...draft, origin: { ...origin, orBehind: true } } : draft;
}
