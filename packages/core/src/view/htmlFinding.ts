import type { FindingReport } from "../diagnosis/report.ts";
import { timeOfDay } from "./clock.ts";
import { escapeMarkup, proseMarkup } from "./escapeMarkup.ts";
import { codeBefore, readingTexts, ruleText } from "./findingWords.ts";
import type { FindingGroup } from "./groupFindings.ts";
import { drawnLadder } from "./htmlCalls.ts";
import { verdictMarks } from "./marks.ts";
import { frameNumber, type Page } from "./page.ts";
import { classStyle } from "./paint.ts";
import { quoteSaid, toldEvidence } from "./toldEvidence.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** One failure, told once, as on the command line: the answer, who gave it, why, the proof, what to do, what is missing. */
export function findingArticle(page: Page, options: ViewOptions, { finding, calls, ladderOf }: FindingGroup): string {
  const style = classStyle(finding.statusCode);
  const code = escapeMarkup(codeBefore(page, finding));
  const mark = `<span${style === undefined ? "" : ` class="c${style}"`}>${verdictMarks[finding.verdict]} ${code}</span>`;
  return (
    `<article><h2>${mark}${proseMarkup(finding.title)}</h2><p class="quiet">${about(page, finding, calls)}</p>` +
    section(page, "view.who", who(page, finding)) +
    section(page, "view.why", paragraphs(finding.why)) +
    section(page, "view.proof", proof(page, finding)) +
    section(page, "view.fix", list("ol", finding.fix)) +
    section(page, "view.missing", list("ul", finding.missing)) +
    section(page, "view.readings", list("ul", readingTexts(page, finding))) +
    (ladderOf === undefined ? "" : drawnLadder(page, options, ladderOf)) +
    "</article>"
  );
}

function about(page: Page, finding: FindingReport, calls: FindingGroup["calls"]): string {
  const { verdict, citations } = finding;
  const ids = calls.slice(0, callsTold).map(({ id }) => id);
  const more = calls.length - ids.length;
  const facts = [
    page.say(`verdict.${verdict}`),
    ...(ids.length === 0 ? [] : [`${page.say("view.idColumn")} ${ids.join(", ")}`]),
    ...(more > 0 ? [page.say("view.moreCalls", { count: more })] : []),
    ruleText(page, finding),
    ...citations,
  ];
  return facts.map((fact) => escapeMarkup(fact, 300)).join(" · ");
}

function section(page: Page, label: string, markup: string): string {
  return markup === "" ? "" : `<h3>${escapeMarkup(page.say(label))}</h3>${markup}`;
}

function who(page: Page, { origin }: FindingReport): string {
  if (origin === undefined) return "";
  const { address, product, orBehind, basis } = origin;
  const named = product === undefined ? address : page.say("view.withProduct", { address, product });
  return `<p>${escapeMarkup(orBehind ? page.say("view.orBehind", { address: named }) : named, 400)}</p>${list("ul", basis)}`;
}

function paragraphs(text: string): string {
  if (text === "") return "";
  return text
    .split("\n\n")
    .slice(0, 20)
    .map((paragraph) => `<p>${proseMarkup(paragraph)}</p>`)
    .join("");
}

function proof(page: Page, { evidence }: FindingReport): string {
  const all = toldEvidence(evidence);
  const rows = all.slice(0, evidenceTold).map((told) => {
    const { capture, frame, time, times } = told;
    const where = page.say("view.frame", { frame: frameNumber(page, capture, frame) });
    return `<tr><td class="quiet">${escapeMarkup(where, 40)}</td><td class="mono quiet">${escapeMarkup(timeOfDay(time), 40)}</td><td class="${times === undefined ? "mono quote" : "quiet"}">${escapeMarkup(quoteSaid(told, page.say), 1000)}</td></tr>`;
  });
  if (rows.length === 0) return "";
  const more = all.length - rows.length;
  const rest = more > 0 ? `<p class="quiet">${escapeMarkup(page.say("view.moreEvidence", { count: more }))}</p>` : "";
  return `<div class="scroll"><table class="proof"><tbody>${rows.join("")}</tbody></table></div>${rest}`;
}

function list(name: "ol" | "ul", texts: readonly string[]): string {
  if (texts.length === 0) return "";
  return `<${name}>${texts.map((text) => `<li>${proseMarkup(text)}</li>`).join("")}</${name}>`;
}

const callsTold = 20;
const evidenceTold = 40;
