import type { Language } from "../language/language.ts";
import type { CallRecord } from "./callRecord.ts";
import type { CallReport } from "./report.ts";
import { tellFinding } from "./tellFinding.ts";

/** A call in the words of a language. */
export function tellCall(record: CallRecord, id: string, language: Language): CallReport {
  const {
    kind,
    callIds,
    from,
    to,
    startTime,
    durationSeconds,
    untimed,
    outcome,
    links,
    findings,
    audio,
    video,
    fax,
    messages,
  } = record;
  return {
    id,
    kind,
    callIds,
    from,
    to,
    startTime,
    durationSeconds,
    ...(untimed === undefined ? {} : { untimed }),
    outcome,
    links,
    findings: findings.map((finding) => tellFinding(finding, language)),
    ...(audio === undefined ? {} : { audio }),
    ...(video === undefined ? {} : { video }),
    ...(fax === undefined ? {} : { fax }),
    ...(messages === undefined ? {} : { messages }),
  };
}
