import type { Basis, BasisKind, Origin } from "../call/origin.ts";
import type { AnyDraft } from "./diagnose.ts";
import { behind } from "./missing.ts";

/**
 * Mirrors and capture programs lose packets, so that nothing on a way is in view proves nothing. An element that is not seen to have sent the
 * request on may have done so all the same, and what is told of one need not be what happened there where another one is known to stand behind it. Guard G2.
 */
export function withinWhatIsInView(draft: AnyDraft): AnyDraft {
  const { verdict, origin, missing = [] } = draft;
  if (verdict !== "certain" || origin === undefined) return draft;
  if (rests(origin, "way-not-in-view")) {
    return { ...draft, verdict: "likely", missing: [...missing, behind(origin.endpoint)] };
  }
  return mayHaveSentOn(origin)
    ? { ...draft, origin: { ...origin, orBehind: true, basis: origin.basis.map(asOfWhoeverAnswered) } }
    : draft;
}

/** It is seen to send on others, and what it did with this request, if not answer it itself, is not in view. */
export function mayHaveSentOn(origin: Origin): boolean {
  return rests(origin, "forwards-elsewhere");
}

function rests({ basis }: Origin, on: BasisKind): boolean {
  return basis.some(({ kind }) => kind === on);
}

/** The name is in the answer, whoever put it there. */
function asOfWhoeverAnswered(basis: Basis): Basis {
  return basis.kind === "names-itself" ? { ...basis, kind: "answer-names" } : basis;
}
