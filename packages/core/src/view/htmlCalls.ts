import type { CallReport, TimesLack } from "../diagnosis/report.ts";
import { mediaTexts } from "./mediaText.ts";
import { callsNamed } from "./callsNamed.ts";
import { numberText } from "../language/numberText.ts";
import { durationOf, UNKNOWN } from "./clock.ts";
import { escapeMarkup } from "./escapeMarkup.ts";
import type { FindingGroup } from "./groupFindings.ts";
import { ladderStory } from "./ladderList.ts";
import { drawLadder } from "./ladderSvg.ts";
import { linkName } from "./linkName.ts";
import { outcomeMarks, outcomeStyles } from "./marks.ts";
import type { Page } from "./page.ts";
import { classStyle } from "./paint.ts";
import { withoutScheme } from "./parties.ts";
import { lackOf, saidTime, columnKey } from "./saidTimes.ts";
import { wentWrong } from "./selectCalls.ts";
import { countedOutcomes } from "./textCalls.ts";
import type { ViewOptions } from "./viewOptions.ts";

/** `✗ 1 failed`, `■ 2 busy`, as on the command line. */
export function outcomeList(page: Page): string {
  const items = countedOutcomes(page.report.calls).map(
    ({ kind, count }) =>
      `<li class="c${outcomeStyles[kind]}">${outcomeMarks[kind]} ${numberText(count, page.locale)} ${escapeMarkup(page.say(`outcome.${kind}`))}</li>`,
  );
  return items.length === 0 ? "" : `<ul class="outcomes">${items.join("")}</ul>`;
}

/** Every call, up to a number that a browser shows at once; what went wrong comes first where they are more. */
export function callSection(page: Page, options: ViewOptions): string {
  const { calls } = page.report;
  if (calls.length === 0) return "";
  const listed =
    calls.length <= rowsShown ? calls : [...calls.filter(wentWrong), ...calls.filter((c) => !wentWrong(c))];
  const shown = listed.slice(0, rowsShown);
  const lacks = lackOf(page.report.captures);
  const columns = ["id", "outcome", "code", "from", "to", "start", "duration"];
  const head = columns
    .map((column) => `<th scope="col">${escapeMarkup(page.say(columnKey(column, lacks)))}</th>`)
    .join("");
  const more = calls.length - shown.length;
  return (
    `<section><h2 id="calls">${escapeMarkup(page.say(callsNamed(calls).heading))}</h2><div class="scroll" role="region" aria-labelledby="calls" tabindex="0"><table><thead><tr>${head}</tr></thead>` +
    `<tbody>${shown.map((call) => callRow(page, call, lacks)).join("")}</tbody></table></div>` +
    (more > 0 ? `<p class="quiet">${escapeMarkup(page.say("view.moreCalls", { count: more }))}</p>` : "") +
    (options.call === undefined ? "" : shown.map((call) => identity(page, call)).join("")) +
    "</section>"
  );
}

function callRow(page: Page, call: CallReport, lacks: ReadonlySet<TimesLack>): string {
  const { id, kind, outcome, from, to, startTime, untimed } = call;
  const style = classStyle(outcome.statusCode) ?? outcomeStyles[outcome.kind];
  const kindName = kind === "call" ? "" : ` · ${page.say(`kind.${kind}`)}`;
  const cell = (text: string, name: string): string => `<td class="${name}">${escapeMarkup(text, 300)}</td>`;
  return (
    `<tr>${cell(id, "mono")}${cell(`${outcomeMarks[outcome.kind]} ${page.say(`outcome.${outcome.kind}`)}${kindName}`, `c${style}`)}` +
    cell(outcome.statusCode === undefined ? "" : String(outcome.statusCode), `mono c${style}`) +
    `${cell(withoutScheme(from), "mono party")}${cell(withoutScheme(to), "mono party")}${cell(untimed === true ? UNKNOWN : saidTime(startTime, lacks), "mono")}` +
    `${cell(page.say("view.seconds", { seconds: durationOf(call, page.locale) }), "mono")}</tr>`
  );
}

function identity(page: Page, call: CallReport): string {
  const { callIds, links } = call;
  const items = [
    ...callIds.slice(0, 20).map((callId) => `${page.say("view.callIds")}${page.say("view.colon")}${callId}`),
    ...links.slice(0, 20).map(({ kind, callIds: [, callId], score }) => {
      return page.say("view.linkedBy", { callId, kind: linkName(kind, page.say), score: Math.round(score * 100) });
    }),
    ...mediaTexts(page.say, call).map(({ text }) => text),
  ];
  return `<ul>${items.map((item) => `<li>${escapeMarkup(item, 400)}</li>`).join("")}</ul>`;
}

/** Ladders of the calls that no finding has shown one of: the first few. */
export function ladderSections(page: Page, options: ViewOptions, groups: readonly FindingGroup[]): string[] {
  const drawn = new Set(groups.map(({ calls }) => calls[0]));
  return page.report.calls
    .filter((call) => !drawn.has(call) && (call.messages?.length ?? 0) > 0)
    .slice(0, laddersShown)
    .map((call) => `<section>${drawnLadder(page, options, call)}</section>`);
}

/** The ladder with its heading, drawn for a screen and for a phone, and the same as a list for those who cannot see it. */
export function drawnLadder(page: Page, { language }: ViewOptions, call: CallReport): string {
  if (call.messages === undefined || call.messages.length === 0) return "";
  const captures = page.report.captures.length;
  const id = `ladder-${page.report.calls.indexOf(call) + 1}`;
  const wide = drawLadder(call, { language, captures, width: widthOnScreen, id });
  const narrow = drawLadder(call, { language, captures, width: widthOnPhone, standsFor: id });
  const steps = ladderStory(call, { language, captures });
  return (
    `<h3 id="${id}-heading">${escapeMarkup(page.say("view.ladderOf", { id: call.id }), 100)}</h3>` +
    `<div class="scroll off-phone" role="region" aria-labelledby="${id}-heading" tabindex="0">${wide.svg}</div><div class="on-phone">${narrow.svg}</div>` +
    `<details><summary class="quiet">${escapeMarkup(page.say("view.ladderAsList"))}</summary><ol>${steps.map((step) => `<li>${escapeMarkup(step)}</li>`).join("")}</ol></details>`
  );
}

const widthOnScreen = 840;
const widthOnPhone = 288;
const rowsShown = 2000;
const laddersShown = 10;
