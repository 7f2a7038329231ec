import type { Report } from "../../packages/core/src/index.ts";

/** What must be found in a capture, by rule: the causes that are right. */
export interface Expected {
  readonly findings: readonly {
    readonly rule: string;
    readonly cause?: readonly string[];
    readonly optional?: boolean;
  }[];
  /** True where nothing else may be found. */
  readonly exact: boolean;
}

interface Counts {
  /** Expected and found. */
  right: number;
  /** Found and not expected. */
  wrong: number;
  /** Expected and not found. */
  missed: number;
}

/** Precision and recall per rule over many captures. */
export class RuleTally {
  readonly #counts = new Map<string, Counts>();

  add(report: Report, { findings, exact }: Expected): void {
    const found = [...report.findings, ...report.calls.flatMap((call) => call.findings)];
    const fits = (rule: string, cause: string | undefined): boolean =>
      findings.some((wanted) => isOf(wanted.rule, rule) && (wanted.cause?.includes(cause ?? "") ?? true));
    for (const { rule, cause } of found) {
      if (fits(rule, cause)) this.#of(rule).right++;
      else if (exact) this.#of(rule).wrong++;
    }
    for (const { rule, cause } of findings.filter(({ optional }) => !optional)) {
      const isThere = found.some((each) => isOf(rule, each.rule) && (cause?.includes(each.cause ?? "") ?? true));
      if (!isThere) this.#of(rule).missed++;
    }
  }

  lines(): readonly string[] {
    const rows = [...this.#counts].toSorted(([a], [b]) => a.localeCompare(b));
    return rows.map(([rule, { right, wrong, missed }]) =>
      [rule.padEnd(34), percent(right, right + wrong), percent(right, right + missed), `${right} right`]
        .concat(wrong > 0 ? [`${wrong} wrong`] : [], missed > 0 ? [`${missed} missed`] : [])
        .join("  "),
    );
  }

  #of(rule: string): Counts {
    const counts = this.#counts.get(rule) ?? { right: 0, wrong: 0, missed: 0 };
    this.#counts.set(rule, counts);
    return counts;
  }
}

/** Several rules with `|` between them are as good as one another. */
function isOf(wanted: string, rule: string): boolean {
  return wanted.split("|").includes(rule);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "   -" : `${Math.round((100 * part) / whole)}%`.padStart(4);
}
