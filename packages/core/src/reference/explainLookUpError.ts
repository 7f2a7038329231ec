import { facts } from "./facts.ts";
import type { LookUpError } from "./lookUpError.ts";
import type { ReferenceLanguage } from "./referenceLanguage.ts";
import { speakerOf } from "./speaker.ts";

/** An error as a sentence for the person who asked. */
export function explainLookUpError({ code, value }: LookUpError, language: ReferenceLanguage): string {
  const { say, or } = speakerOf(language);
  if (code === "same-code-twice") return say("pair.same", { code: value });
  const known = knownFor(code);
  return say(`error.${code}`, known.length === 0 ? { value } : { value, known: or(known) });
}

function knownFor(code: LookUpError["code"]): string[] {
  if (code === "unknown-warning") return facts.warnings.map((entry) => String(entry.code));
  return code === "unknown-reason" ? facts.reasons.map(({ protocol }) => protocol) : [];
}
