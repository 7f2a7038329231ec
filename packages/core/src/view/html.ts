import type { CaptureReport, Report } from "../diagnosis/report.ts";
import { answerKeys } from "./answerKeys.ts";
import { escapeMarkup } from "./escapeMarkup.ts";
import { groupFindings } from "./groupFindings.ts";
import { findingArticle } from "./htmlFinding.ts";
import { htmlStyle } from "./htmlStyle.ts";
import { callSection, ladderSections, outcomeList } from "./htmlCalls.ts";
import { createPage, frameNumber, type Page } from "./page.ts";
import { columnKey, lackOf, saidTime } from "./saidTimes.ts";
import { selectCalls } from "./selectCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/**
 * The report as one HTML file that needs nothing else: no script, nothing is loaded, and a policy inside it says so to the browser. A
 * report with `messages` has its ladders.
 */
export function htmlView(report: Report, options: ViewOptions): string {
  const selected = selectCalls(report, options);
  const page = createPage(selected, { ...options, color: false });
  const groups = groupFindings(selected.calls);
  const title = escapeMarkup(selected.captures.map(({ name }) => name).join(", "), 200);
  const body = [
    `<header><h1 id="captures">${title}</h1>${captureTable(page)}${outcomeList(page)}${answer(page, options)}</header>`,
    "<main>",
    ...groups.map((group) => findingArticle(page, options, group)),
    callSection(page, options),
    ...ladderSections(page, options, groups),
    aboutCaptures(page, options),
    "</main>",
  ];
  return (
    `<!doctype html><html lang="${escapeMarkup(options.language.tag)}"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">` +
    `<title>${title}</title><style>${htmlStyle}</style></head><body>${body.join("")}</body></html>\n`
  );
}

function captureTable({ report, say }: Page): string {
  const lacks = lackOf(report.captures);
  const columns = ["file", "format", "frames", "messages", "first", "last"];
  const row = ({ name, format, frames, messages, firstTime = "", lastTime = "" }: CaptureReport): string => {
    const cells = [
      name,
      format,
      String(frames),
      String(messages),
      saidTime(firstTime, lacks),
      saidTime(lastTime, lacks),
    ];
    return `<tr>${cells.map((cell, index) => `<td class="${index === 0 ? "mono party" : "mono"}">${escapeMarkup(cell, 300)}</td>`).join("")}</tr>`;
  };
  const head = columns.map((column) => `<th scope="col">${escapeMarkup(say(columnKey(column, lacks)))}</th>`).join("");
  return `<div class="scroll" role="region" aria-labelledby="captures" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${report.captures.map(row).join("")}</tbody></table></div>`;
}

function answer({ report, say }: Page, options: ViewOptions): string {
  const mark = report.totals.messages === 0 ? "" : "✓ ";
  return answerKeys(report, options)
    .map((key) => `<p>${escapeMarkup(mark + say(key))}</p>`)
    .join("");
}

function aboutCaptures(page: Page, options: ViewOptions): string {
  const { captures, findings } = page.report;
  const incidents = captures.flatMap(({ incidents: those }, index) =>
    those.map((incident) => ({ index, ...incident })),
  );
  if (incidents.length + findings.length === 0) return "";
  const items = incidents.map(({ index, text, frame }) => {
    const where = frame === undefined ? "" : ` (${page.say("view.frame", { frame: frameNumber(page, index, frame) })})`;
    return `<li>${escapeMarkup(text + where)}</li>`;
  });
  return (
    `<section><h2>${escapeMarkup(page.say("view.aboutCapture"))}</h2>` +
    (items.length === 0 ? "" : `<ul>${items.join("")}</ul>`) +
    findings.map((finding) => findingArticle(page, options, { finding, calls: [] })).join("") +
    "</section>"
  );
}
