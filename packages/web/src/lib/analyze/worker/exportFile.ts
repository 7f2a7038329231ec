import type { CallReport, Report } from "@sipwhy/core";
import { pcapOf, redactTraffic } from "@sipwhy/core/export";
import type { Language } from "@sipwhy/core/language";
import { Redactor, redactReport } from "@sipwhy/core/redaction";
import { htmlView, jsonView, ladderSvg, markdownView, redactionList } from "@sipwhy/core/view";
import type { ExportedFile, ExportFormat, Question } from "../protocol.ts";
import type { OpenCall } from "./session.ts";

export interface Exportable {
  readonly report: Report;
  readonly language: Language;
  readonly open: OpenCall | undefined;
}

const suffixes: Readonly<Record<ExportFormat, string>> = {
  html: "html",
  json: "json",
  markdown: "md",
  svg: "svg",
  pcap: "pcap",
};
const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  html: "text/html",
  json: "application/json",
  markdown: "text/markdown",
  svg: "image/svg+xml",
  pcap: "application/vnd.tcpdump.pcap",
};

/** What the reader takes along: of everything, or of the call that is open. Its name says nothing of what was in the capture. */
export function exportFile(
  question: Extract<Question, { kind: "export" }>,
  { report, language, open }: Exportable,
): ExportedFile {
  const { format, whole, redact } = question;
  const calls = whole || open === undefined ? withOpen(report.calls, open) : [open.call];
  const redactor = redact ? new Redactor() : undefined;
  const wanted: Report = { ...report, calls };
  const told = redactor === undefined ? wanted : redactReport(wanted, language, redactor).report;
  const content = contentOf(format, told, open, language, redactor);
  const name = `sipwhy${whole || open === undefined ? "" : `-call-${open.call.id}`}${redact ? "-redacted" : ""}.${suffixes[format]}`;
  const data = new Blob([content], { type: mediaTypes[format] });
  return {
    name,
    data,
    ...(redactor === undefined ? {} : { redactions: redactionList(redactor.redactions(), language) }),
  };
}

/** The open call is the one whose ladder the reader has seen: a report of everything shows it as well. */
function withOpen(calls: readonly CallReport[], open: OpenCall | undefined): readonly CallReport[] {
  return open === undefined ? calls : calls.map((call) => (call.id === open.call.id ? open.call : call));
}

function contentOf(
  format: ExportFormat,
  report: Report,
  open: OpenCall | undefined,
  language: Language,
  redactor: Redactor | undefined,
): string | Uint8Array<ArrayBuffer> {
  switch (format) {
    case "html":
      return htmlView(report, { language });
    case "json":
      return jsonView(report);
    case "markdown":
      return markdownView(report, { language, ladder: true });
    case "svg":
      return ladderSvg(report.calls[0], { language, captures: report.captures.length, standalone: true, width: 800 });
    case "pcap": {
      const messages = open?.messages ?? [];
      return pcapOf(redactor === undefined ? messages : redactTraffic(messages, redactor));
    }
  }
}
