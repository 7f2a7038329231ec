import { formatText } from "../language/format.ts";
import { interfaceText } from "../language/interfaceText.ts";
import type { Language } from "../language/language.ts";
import type { FindingRecord, OriginRecord } from "./callRecord.ts";
import type { FindingReport, OriginReport, ReadingReport } from "./report.ts";
import type { Missing, Reading, Values } from "./rule.ts";
import { ruleSentences } from "./ruleSentences.ts";
import { rules } from "./rules.generated.ts";

const citationsOf: ReadonlyMap<string, readonly string[]> = new Map(rules.map(({ id, citations }) => [id, citations]));

/** A finding in words. Its sentences are made when they are first asked for: of a thousand calls that failed alike, one is told. */
export function tellFinding(record: FindingRecord, language: Language): FindingReport {
  const {
    rule,
    cause,
    verdict,
    statusCode,
    values,
    missing = [],
    readings = [],
    citations = [],
    origin,
    element,
  } = record;
  const sentences = ruleSentences(rule, cause ?? "", values, language);
  const common = citationsOf.get(rule) ?? [];
  return {
    rule,
    ...(cause === undefined ? {} : { cause }),
    verdict,
    ...(statusCode === undefined ? {} : { statusCode }),
    get title() {
      return sentences.title;
    },
    get why() {
      return sentences.why;
    },
    get fix() {
      return sentences.fix;
    },
    ...(origin === undefined ? {} : { origin: tellOrigin(origin, language) }),
    ...(element === undefined ? {} : { element }),
    evidence: record.evidence,
    get missing() {
      return missing.map((each) => tellMissing(each, language));
    },
    ...(readings.length === 0
      ? {}
      : { readings: readings.map((reading) => tellReading(reading, rule, values, language)) }),
    citations: citations.length === 0 ? common : [...new Set([...common, ...citations])],
    values,
  };
}

function tellReading(
  { cause, values, decidedBy }: Reading,
  rule: string,
  common: Values,
  language: Language,
): ReadingReport {
  return {
    cause,
    get why() {
      return formatText(language.rules[rule].why[cause] ?? "", { ...common, ...values }, language.tag).trimEnd();
    },
    get decidedBy() {
      return tellMissing(decidedBy, language);
    },
  };
}

function tellOrigin({ address, orBehind, product, basis }: OriginRecord, language: Language): OriginReport {
  return {
    address,
    orBehind,
    ...(product === undefined ? {} : { product }),
    get basis() {
      return basis.map(({ kind, values }) => interfaceText(language, `basis.${kind}`, values));
    },
  };
}

function tellMissing(missing: Missing, language: Language): string {
  return interfaceText(language, `missing.${missing.kind}`, missing.values);
}
