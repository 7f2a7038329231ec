import type { CallReport, FindingReport } from "@sipwhy/core";
import { interfaceText, type Language } from "@sipwhy/core/language";
import {
  callsNamed,
  classStyle,
  frameName,
  namedCode,
  quoteSaid,
  toldEvidence,
  type ToldEvidence,
  verdictMarks,
} from "@sipwhy/core/view";
import type { FoundCall, FoundText, ProofLine, ReferenceLink } from "../protocol.ts";
import { clipped } from "./clipped.ts";
import { partyOf } from "./tellRow.ts";

export interface Telling {
  readonly language: Language;
  /** Captures of the report: with several, a frame is `2:6`. */
  readonly captures: number;
  /** When a call began. */
  startOf(call: CallReport): string;
  /** Where a call stands in the list. */
  rowOf(call: CallReport): number;
}

/** The list of calls has all of them. */
const CALLS_TOLD = 12;
const PROOF_TOLD = 40;
const LONGEST = 2000;

/** A finding in words for the page: the same sentences, in the same order, as on the command line. */
export function tellFinding(finding: FindingReport, calls: readonly CallReport[], telling: Telling): FoundText {
  const { language } = telling;
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    interfaceText(language, key, values);
  const { rule, cause, verdict, statusCode, origin, readings = [] } = finding;
  const evidence = toldEvidence(finding.evidence);
  return {
    id: [rule, cause, statusCode, origin?.address, verdict].join(" "),
    mark: verdictMarks[verdict],
    verdict: say(`verdict.${verdict}`),
    ...(statusCode === undefined ? {} : { statusCode }),
    code: statusCode === undefined ? "" : namedCode(statusCode),
    style: classStyle(statusCode) ?? "",
    title: shown(finding.title),
    rule,
    ...(cause === undefined ? {} : { cause }),
    citations: finding.citations,
    calls: calls.slice(0, CALLS_TOLD).map((call) => foundCall(call, telling)),
    callCount: calls.length,
    counted: calls.length > 1 ? say(callsNamed(calls).counted, { count: calls.length }) : "",
    who: whoOf(finding, say),
    basis: (origin?.basis ?? []).map(shown),
    why: finding.why.split("\n\n").slice(0, 20).map(shown),
    proof: evidence.slice(0, PROOF_TOLD).map((line) => proofLine(line, telling)),
    moreProof: Math.max(0, evidence.length - PROOF_TOLD),
    fix: finding.fix.map(shown),
    missing: finding.missing.map(shown),
    readings: readings.map(({ why, decidedBy }) =>
      shown(decidedBy === "" ? why : `${why} ${say("view.decidedBy", { what: decidedBy })}`),
    ),
  };
}

function shown(text: string): string {
  return clipped(text, LONGEST);
}

/** Of many calls between two numbers the time tells which. */
function foundCall(call: CallReport, { startOf, rowOf }: Telling): FoundCall {
  const { from, to, untimed } = call;
  return {
    row: rowOf(call),
    start: untimed === true ? "" : shown(startOf(call)),
    parties: (from === to ? [from] : [from, to]).map(partyOf),
  };
}

function whoOf(
  { origin }: FindingReport,
  say: (key: string, values?: Readonly<Record<string, string>>) => string,
): string {
  if (origin === undefined) return "";
  const { address, product, orBehind } = origin;
  const named = product === undefined ? address : say("view.withProduct", { address, product });
  return shown(orBehind ? say("view.orBehind", { address: named }) : named);
}

function proofLine(told: ToldEvidence, { language, captures }: Telling): ProofLine {
  const { capture, frame, time, quote, times } = told;
  const name = String(frameName({ capture, frame }, captures));
  return {
    frame: name,
    place: interfaceText(language, "view.frame", { frame: name }),
    time: time.slice(11, 23),
    quote: shown(quoteSaid(told, (key, values) => interfaceText(language, key, values))),
    links: times === undefined ? linksOf(quote) : [],
  };
}

/** What a quoted line names that has a page of its own. */
function linksOf(quote: string): ReferenceLink[] {
  const links: ReferenceLink[] = [];
  const code = /^SIP\/2\.0 ([1-6]\d\d) /u.exec(quote)?.[1];
  if (code !== undefined) links.push({ text: code, path: `codes/${code}/` });
  if (/^Reason\s*:/iu.test(quote)) {
    for (const [, cause] of quote.matchAll(/Q\.850\s{0,4};\s{0,4}cause\s{0,4}=\s{0,4}(\d{1,3})(?!\d)/giu)) {
      links.push({ text: `Q.850 ${cause}`, path: `q850/${cause}/` });
    }
  }
  const warning = /^Warning\s*:\s*(\d{3})\s/iu.exec(quote)?.[1];
  if (warning !== undefined) links.push({ text: `Warning ${warning}`, path: `warnings/${warning}/` });
  return links;
}
