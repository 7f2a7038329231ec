import type { Origin } from "../call/origin.ts";
import type { Incident } from "../capture/incident.ts";
import { formatText } from "../language/format.ts";
import { interfaceText } from "../language/interfaceText.ts";
import type { Language, Message, RuleProse } from "../language/language.ts";
import type { NetworkEvent } from "../network/packet.ts";
import { headerFieldQuote } from "./quote.ts";
import type { Finding } from "./diagnose.ts";
import { isoTime } from "./isoTime.ts";
import type { EvidenceReport, FindingReport, OriginReport, ReadingReport } from "./report.ts";
import type { Evidence, Missing, Reading, Values } from "./rule.ts";

/**
 * A finding in words. Its sentences are made when they are first asked for: of a thousand calls that failed alike, one is told.
 * What is kept for that are values, never messages.
 */
export function reportFinding({ rule, draft }: Finding, language: Language): FindingReport {
  const { cause, verdict, values, missing = [], readings = [], origin } = draft;
  const prose = language.rules[rule.id];
  const say = (message: Message, of: Values = values): string => formatText(message, of, language.tag).trimEnd();
  return {
    rule: rule.id,
    ...(cause === undefined ? {} : { cause }),
    verdict,
    ...statusCodeOf(draft),
    get title() {
      return say(prose.title);
    },
    get why() {
      return say(prose.why[cause ?? ""] ?? "");
    },
    get fix() {
      return (prose.fix[cause ?? ""] ?? prose.fix[""] ?? []).map((step) => say(step));
    },
    ...(origin === undefined ? {} : { origin: reportOrigin(origin, language) }),
    evidence: draft.evidence.map(reportEvidence),
    get missing() {
      return missing.map((each) => reportMissing(each, language));
    },
    ...(readings.length === 0
      ? {}
      : { readings: readings.map((reading) => reportReading(reading, prose, values, language)) }),
    citations: draft.citations === undefined ? rule.citations : [...new Set([...rule.citations, ...draft.citations])],
    values,
  };
}

function reportReading(
  { cause, values, decidedBy }: Reading,
  prose: RuleProse,
  common: Values,
  language: Language,
): ReadingReport {
  const why = formatText(prose.why[cause] ?? "", { ...common, ...values }, language.tag).trimEnd();
  return { cause, why, decidedBy: reportMissing(decidedBy, language) };
}

function statusCodeOf(draft: Finding["draft"]): { statusCode?: number } {
  const statusCode = draft.statusCode ?? draft.response?.statusCode;
  return statusCode === undefined || statusCode < 0 ? {} : { statusCode };
}

function reportOrigin({ endpoint, orBehind, product, basis }: Origin, language: Language): OriginReport {
  return {
    address: endpoint.text,
    orBehind,
    ...(product === undefined ? {} : { product }),
    get basis() {
      return basis.map(({ kind, values }) => interfaceText(language, `basis.${kind}`, values));
    },
  };
}

function reportMissing(missing: Missing, language: Language): string {
  return interfaceText(language, `missing.${missing.kind}`, missing.values);
}

export function reportEvidence(evidence: Evidence): EvidenceReport {
  if ("packet" in evidence) return at(evidence.packet, evidence.startLine);
  if ("message" in evidence) return at(evidence.message.packet, headerFieldQuote(evidence));
  if ("count" in evidence) return incidentEvidence(evidence);
  return at(evidence, quoteOf(evidence));
}

function quoteOf(event: NetworkEvent): string {
  if (event.kind === "icmp-unreachable") return `ICMP ${event.reason} unreachable, from ${event.reporter}`;
  if (event.kind === "tls-alert") return `TLS Alert: ${event.alert}, from ${event.source.text}`;
  return event.kind === "tls-closed"
    ? `TCP FIN or RST, from ${event.source.text}`
    : `TCP RST, from ${event.source.text}`;
}

function incidentEvidence(incident: Incident): EvidenceReport {
  return { capture: incident.capture, frame: incident.frame ?? 0, time: "", quote: "" };
}

function at(where: { capture: number; frame: number; timeMicros: number }, quote: string): EvidenceReport {
  return { capture: where.capture, frame: where.frame, time: isoTime(where.timeMicros), quote };
}
