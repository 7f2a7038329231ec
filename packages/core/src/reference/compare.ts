import { differencesOf, type Difference } from "./differences.ts";
import { proseSections } from "./describeCode.ts";
import { confusablePair, confusedWith, nameOf, responseCode, type CodePair } from "./facts.ts";
import { lookUp } from "./lookUp.ts";
import { LookUpError } from "./lookUpError.ts";
import { filled, items, paragraphs, type Block, type Page, type Section } from "./page.ts";
import type { PairProse, ReferenceLanguage } from "./referenceLanguage.ts";
import type { ResponseCode } from "./responseCode.ts";
import { sharedOf } from "./shared.ts";
import { citationWithTitle, speakerOf, type Speaker } from "./speaker.ts";

/** Two registered codes side by side, the smaller first. */
export interface Comparison {
  readonly codes: readonly [number, number];
  /**
   * `confusable`: people confuse them, and the deciding fact is written by hand. `unrelated`: they have nothing to do with each other.
   * `distinct`: something links them, but few would confuse them.
   */
  readonly relation: "confusable" | "distinct" | "unrelated";
  readonly pair?: PairProse;
  /** What really differs, from the facts. */
  readonly differences: readonly Difference[];
  /** What they have in common: whole sentences. */
  readonly shared: readonly string[];
  /** Other codes worth comparing with the first and with the second. */
  readonly worthComparing: readonly [readonly number[], readonly number[]];
  /** All of it, and what each code says, when you see it and what to do, ready to be shown. */
  readonly page: Page;
}

/**
 * Compares two codes; the order does not matter. Throws LookUpError `same-code-twice`, `not-registered` for a number that is not in the
 * registry: there are no facts to compare (see `describeCode`), and `not-a-status-code` outside 100 to 699.
 */
export function compare(one: number, other: number, language: ReferenceLanguage): Comparison {
  const [a, b] = [registered(Math.min(one, other)), registered(Math.max(one, other))];
  if (a === b) throw new LookUpError("same-code-twice", a.code);
  const speaker = speakerOf(language);
  const pair = confusablePair(a.code, b.code);
  const comparison: Omit<Comparison, "page"> = {
    codes: [a.code, b.code],
    relation: relationOf(a, b, pair),
    pair: language.pairs[`${a.code}-${b.code}`],
    differences: differencesOf(a, b, speaker),
    shared: sharedOf(a, b, speaker),
    worthComparing: [othersOf(a.code, b.code), othersOf(b.code, a.code)],
  };
  return { ...comparison, page: pageOf(comparison, pair, speaker) };
}

function registered(code: number): ResponseCode {
  const found = lookUp(code);
  if (found.kind !== "registered") throw new LookUpError("not-registered", code);
  return found.facts;
}

function relationOf(a: ResponseCode, b: ResponseCode, pair: CodePair | undefined): Comparison["relation"] {
  if (pair) return pair.unrelated ? "unrelated" : "confusable";
  const partners = confusedWith(a.code);
  const linked =
    a.relatedCodes.includes(b.code) ||
    b.relatedCodes.includes(a.code) ||
    confusedWith(b.code).some((code) => partners.includes(code));
  return linked ? "distinct" : "unrelated";
}

function othersOf(code: number, except: number): number[] {
  const facts = lookUp(code);
  const related = facts.kind === "registered" ? facts.facts.relatedCodes : [];
  return [...new Set([...confusedWith(code), ...related])].filter((other) => other !== except).sort((x, y) => x - y);
}

function pageOf(comparison: Omit<Comparison, "page">, pair: CodePair | undefined, speaker: Speaker): Page {
  const { say, language } = speaker;
  const [a, b] = comparison.codes;
  const names = { a: nameOf(a), b: nameOf(b) };
  const prose = comparison.pair;
  return {
    kind: "comparison",
    language: language.tag,
    title: say("title.compare", names),
    summary: prose?.title ?? say(`pair.${comparison.relation}`, names),
    sections: filled([
      { key: "decides", heading: say("heading.decides"), blocks: paragraphs(prose?.fact ?? []) },
      { key: "trace", heading: say("heading.trace"), blocks: paragraphs(prose?.trace ?? []) },
      ...[a, b].map((code) => side(code, speaker)),
      {
        key: "differences",
        heading: say("heading.differences"),
        blocks: comparison.differences.flatMap(differenceBlocks),
      },
      { key: "shared", heading: say("heading.shared"), blocks: [items(comparison.shared)] },
      { key: "which", heading: say("heading.which"), blocks: whichBlocks(comparison, speaker) },
      worthSection(comparison, speaker),
      { key: "readOn", heading: say("heading.readOn"), blocks: [items(citationsOf(comparison.codes, pair))] },
    ]),
  };
}

/** What one of the codes says, when you see it, what to do. */
function side(code: number, speaker: Speaker): Section {
  const prose = speaker.language.codes[code];
  const blocks = proseSections(prose, speaker).flatMap((section): Block[] => [
    { kind: "subheading", text: section.heading, level: 1 },
    ...section.blocks.map((block): Block => (block.kind === "subheading" ? { ...block, level: 2 } : block)),
  ]);
  return { key: String(code), heading: nameOf(code), blocks: [...paragraphs([prose?.summary ?? ""]), ...blocks] };
}

function differenceBlocks({ heading, sentences }: Difference): Block[] {
  return [{ kind: "subheading", text: heading, level: 1 }, items(sentences)];
}

function whichBlocks({ codes, pair }: Omit<Comparison, "page">, { say, language }: Speaker): Block[] {
  if (pair) return paragraphs(pair.choose);
  return codes.flatMap((code) => {
    const summary = language.codes[code]?.summary;
    const action = responseCode(code)!.client.action;
    const texts = summary === undefined ? [] : [say("which.see", { code: nameOf(code), summary })];
    return paragraphs([...texts, say(`action.${action}.after`, { code: nameOf(code) })]);
  });
}

/** Pairs to turn to instead: of use where this one teaches little. */
function worthSection({ codes, relation, worthComparing }: Omit<Comparison, "page">, { say, and }: Speaker): Section {
  const texts = codes.flatMap((code, index) => {
    const others = worthComparing[index].map(nameOf);
    return others.length === 0 ? [] : [say("pair.worth", { code: nameOf(code), others: and(others) })];
  });
  return {
    key: "worthComparing",
    heading: say("heading.worthComparing"),
    blocks: relation === "confusable" ? [] : [items(texts)],
  };
}

function citationsOf(codes: readonly [number, number], pair: CodePair | undefined): string[] {
  const citations = pair?.citations ?? codes.map((code) => responseCode(code)!.defined);
  return [...new Set(citations)].map(citationWithTitle);
}
