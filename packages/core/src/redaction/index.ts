export { redactMessage } from "./redactMessage.ts";
export { redactCall, redactReport, type RedactedReport } from "./redactReport.ts";
export { Redactor, type Redaction, type RedactionKind } from "./redactor.ts";
