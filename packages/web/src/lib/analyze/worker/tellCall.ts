import type { CallReport, Report } from "@sipwhy/core";
import { interfaceText, type Language } from "@sipwhy/core/language";
import {
  classStyle,
  escapeTerminal,
  frameName,
  lackOf,
  linkName,
  mediaTexts,
  saidTime,
  startTimes,
} from "@sipwhy/core/view";
import type { CallDetail, MessageHead } from "../protocol.ts";
import { clipped } from "./clipped.ts";
import type { OpenCall } from "./session.ts";
import { tellFinding } from "./tellFinding.ts";

/** A call with its findings and the heads of its messages. */
export function tellCall({ row, call, messages, cut }: OpenCall, report: Report, language: Language): CallDetail {
  const captures = report.captures.length;
  const evidence = new Set(
    call.findings.flatMap((finding) => finding.evidence.map(({ capture, frame }) => `${capture}:${frame}`)),
  );
  const telling = { language, captures, startOf: startTimes(report.captures), rowOf: () => row };
  return {
    row,
    start: startOf(call, report),
    facts: [
      ...call.callIds
        .slice(0, 20)
        .map((callId) => `${interfaceText(language, "view.callIds")}: ${clipped(callId, 200)}`),
      ...call.links.slice(0, 20).map(({ kind, callIds: [, callId], score }) =>
        escapeTerminal(
          interfaceText(language, "view.linkedBy", {
            callId: clipped(callId, 200),
            kind: linkName(kind, (key) => interfaceText(language, key)),
            score: Math.round(score * 100),
          }),
        ),
      ),
      ...mediaTexts((key, values) => interfaceText(language, key, values), call).map(({ text }) =>
        escapeTerminal(text),
      ),
    ],
    findings: call.findings.map((finding) => tellFinding(finding, [call], telling)),
    messages: messages.map(
      ({ capture, frame, timeMicros, transport, source, destination, bytes, report: told }): MessageHead => {
        return {
          frame: String(frameName({ capture, frame }, captures)),
          time: told?.untimed === true ? "" : new Date(timeMicros / 1000).toISOString().slice(11, 23),
          label: clipped(told?.label ?? firstLine(bytes), 100),
          style: classStyle(told?.statusCode) ?? "",
          source: clipped(source.text, 100),
          destination: clipped(destination.text, 100),
          transport,
          bytes: bytes.length,
          marked: evidence.has(`${capture}:${frame}`),
        };
      },
    ),
    cut,
  };
}

/** `2026-11-22 07:04:06.383 UTC`, without what the log did not say. */
function startOf({ startTime, untimed }: CallReport, { captures }: Report): string {
  if (untimed === true) return "";
  const lacks = lackOf(captures);
  const said = saidTime(`${startTime.slice(0, 23)}Z`, lacks)
    .replace(/Z$/u, "")
    .replace("T", " ");
  return lacks.size === 0 ? `${said} UTC` : said;
}

function firstLine(bytes: Uint8Array): string {
  const end = bytes.findIndex((byte) => byte === 13 || byte === 10);
  return new TextDecoder().decode(bytes.subarray(0, end < 0 ? 100 : end));
}
