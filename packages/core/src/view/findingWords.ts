import type { FindingReport } from "../diagnosis/report.ts";
import type { Page } from "./page.ts";
import { namedCode } from "./reasonPhrase.ts";

/** What stands before the title of a finding, `502 Bad Gateway: `; nothing where it is about no code. */
export function codeBefore({ say }: Page, { statusCode }: FindingReport): string {
  return statusCode === undefined ? "" : namedCode(statusCode) + say("view.colon");
}

/** Which rule says it, and its cause. */
export function ruleText({ say }: Page, { rule, cause }: FindingReport): string {
  return cause === undefined ? say("view.rule", { rule }) : say("view.ruleAndCause", { rule, cause });
}

/** What else it could be, each with what would decide. */
export function readingTexts({ say }: Page, { readings = [] }: FindingReport): string[] {
  return readings.map(({ why, decidedBy }) =>
    decidedBy === "" ? why : `${why} ${say("view.decidedBy", { what: decidedBy })}`,
  );
}
