import type { Finding } from "./diagnose.ts";

/** What a B2BUA only passes on is found on each of its sides: it is told once, as the side nearest to the caller got it. */
export function withoutRepetitions(findings: readonly Finding[]): Finding[] {
  const told = new Set<string>();
  return findings.filter((finding) => {
    const key = keyOf(finding);
    if (key === undefined) return true;
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  });
}

/** Undefined where nothing says that two findings are about one response. */
function keyOf({ rule, draft }: Finding): string | undefined {
  const { response, origin, cause, statusCode = response?.statusCode } = draft;
  if (response === undefined || origin === undefined) return undefined;
  return [rule.id, cause, statusCode, origin.endpoint.text].join(" ");
}
