import type { Basis, Origin } from "../call/origin.ts";
import type { Incident } from "../capture/incident.ts";
import { formatText } from "../language/format.ts";
import { interfaceText } from "../language/interfaceText.ts";
import type { Language, RuleProse } from "../language/language.ts";
import type { NetworkEvent } from "../network/packet.ts";
import { headerFieldQuote } from "./quote.ts";
import type { Finding } from "./diagnose.ts";
import { isoTime } from "./isoTime.ts";
import type { EvidenceReport, FindingReport, OriginReport } from "./report.ts";
import type { Evidence, Missing, Values } from "./rule.ts";

/** A finding in words. */
export function reportFinding({ rule, draft }: Finding, language: Language): FindingReport {
  const prose = language.rules[rule.id];
  const cause = draft.cause ?? "";
  const say = (message: RuleProse["title"], values: Values): string =>
    formatText(message, values, language.tag).trimEnd();
  return {
    rule: rule.id,
    ...(draft.cause === undefined ? {} : { cause: draft.cause }),
    verdict: draft.verdict,
    ...statusCodeOf(draft),
    title: say(prose.title, draft.values),
    why: say(prose.why[cause] ?? "", draft.values),
    fix: (prose.fix[cause] ?? prose.fix[""] ?? []).map((step) => say(step, draft.values)),
    ...(draft.origin === undefined ? {} : { origin: reportOrigin(draft.origin, language) }),
    evidence: draft.evidence.map(reportEvidence),
    missing: (draft.missing ?? []).map((missing) => reportMissing(missing, language)),
    ...(draft.readings === undefined || draft.readings.length === 0
      ? {}
      : {
          readings: draft.readings.map((reading) => ({
            cause: reading.cause,
            why: say(prose.why[reading.cause] ?? "", { ...draft.values, ...reading.values }),
            decidedBy: reportMissing(reading.decidedBy, language),
          })),
        }),
    citations: [...new Set([...rule.citations, ...(draft.citations ?? [])])],
    values: draft.values,
  };
}

function statusCodeOf(draft: Finding["draft"]): { statusCode?: number } {
  const statusCode = draft.statusCode ?? draft.response?.statusCode;
  return statusCode === undefined || statusCode < 0 ? {} : { statusCode };
}

function reportOrigin(origin: Origin, language: Language): OriginReport {
  return {
    address: origin.endpoint.text,
    orBehind: origin.orBehind,
    ...(origin.product === undefined ? {} : { product: origin.product }),
    basis: origin.basis.map((basis: Basis) => interfaceText(language, `basis.${basis.kind}`, basis.values)),
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
