import { effectDifferences, factRows, headerFieldItems } from "./codeFacts.ts";
import { confusedWith, facts as allFacts } from "./facts.ts";
import { fromIsdnRows, toIsdnRows } from "./isdn.ts";
import { lookUp, type LookUp } from "./lookUp.ts";
import { filled, items, paragraphs, rows, type Block, type Page, type Section } from "./page.ts";
import { fixSides, type CodeProse, type ReferenceLanguage } from "./referenceLanguage.ts";
import type { ResponseCode } from "./responseCode.ts";
import { citationWithTitle, namesOf, speakerOf, type Speaker } from "./speaker.ts";

/** Everything about a number, in one language. Throws LookUpError `not-a-status-code` outside 100 to 699. */
export function describeCode(code: number, language: ReferenceLanguage): Page {
  const result = lookUp(code);
  const speaker = speakerOf(language);
  if (result.kind === "registered") return describeRegistered(result.facts, speaker);
  return result.kind === "unregistered" ? describeUnregistered(result, speaker) : describeUnknown(result, speaker);
}

function describeRegistered(facts: ResponseCode, speaker: Speaker): Page {
  const { say, language } = speaker;
  const prose = language.codes[facts.code];
  return {
    kind: "code",
    language: language.tag,
    title: `${facts.code} ${facts.phrase}`,
    summary: prose?.summary,
    sections: filled([
      ...proseSections(prose, speaker),
      section("facts", [rows(factRows(facts, speaker))]),
      section("headerFields", [items(headerFieldItems(facts, speaker))]),
      section("toIsdn", [rows(toIsdnRows(facts, speaker))]),
      section("fromIsdn", [rows(fromIsdnRows(facts.code, speaker))]),
      section("implementations", [items(effectDifferences(facts, speaker))]),
      section("comparePairs", [items(pairTitles(facts.code, speaker))]),
      section("readOn", readOn(facts, speaker)),
    ]),
  };

  function section(key: string, blocks: readonly Block[]): Section {
    return { key, heading: say(`heading.${key}`), blocks };
  }
}

/** What it says, when you see it, what to do. */
export function proseSections(prose: CodeProse | undefined, { say }: Speaker): Section[] {
  if (!prose) return [];
  const fix: Block[] = fixSides.flatMap((side): Block[] => {
    const steps = prose.fix[side];
    if (!steps) return [];
    return [
      { kind: "subheading", text: say(`heading.fix.${side}`), level: 1 },
      { kind: "steps", items: steps },
    ];
  });
  return [
    { key: "says", heading: say("heading.says"), blocks: paragraphs(prose.says) },
    { key: "seen", heading: say("heading.seen"), blocks: [items(prose.seen)] },
    { key: "fix", heading: say("heading.fix"), blocks: fix },
  ];
}

function pairTitles(code: number, { language }: Speaker): string[] {
  return confusedWith(code).map((other) => {
    const key = code < other ? `${code}-${other}` : `${other}-${code}`;
    return language.pairs[key]?.title ?? key;
  });
}

function readOn(facts: ResponseCode, { say, and }: Speaker): Block[] {
  const related = [...new Set([...facts.relatedCodes, ...confusedWith(facts.code)])].sort((a, b) => a - b);
  const list = [
    ...(related.length > 0 ? [{ label: say("heading.relatedCodes"), value: and(namesOf(related)) }] : []),
    ...(facts.relatedRules.length > 0
      ? [{ label: say("heading.relatedRules"), value: and(facts.relatedRules.map((rule) => `\`${rule}\``)) }]
      : []),
  ];
  return [rows(list), items(facts.citations.map(citationWithTitle))];
}

function describeUnregistered(result: Extract<LookUp, { kind: "unregistered" }>, speaker: Speaker): Page {
  const { say, and, language } = speaker;
  const { code, facts, treatedAs } = result;
  const prose = language.unregistered[code];
  const products = and(facts.senders.map(({ product }) => product));
  return {
    kind: "unregistered",
    language: language.tag,
    title: say("title.unregistered", { code, phrase: facts.phrase }),
    summary: say("unregistered.note"),
    sections: filled([
      { key: "says", heading: say("heading.says"), blocks: paragraphs([prose?.says ?? ""]) },
      { key: "fix", heading: say("heading.fix"), blocks: paragraphs([prose?.fix ?? ""]) },
      {
        key: "senders",
        heading: say("heading.senders"),
        blocks: paragraphs([say("unregistered.senders", { products })]),
      },
      treatedAsSection(code, treatedAs, speaker),
      nearestSection([facts.nearest], speaker),
    ]),
  };
}

function describeUnknown(result: Extract<LookUp, { kind: "unknown" }>, speaker: Speaker): Page {
  const { say, language } = speaker;
  const { code, treatedAs, nearest } = result;
  const sameClass = allFacts.unregistered
    .filter((entry) => Math.abs(entry.code - code) <= 2)
    .map((entry) => entry.code);
  return {
    kind: "unknown",
    language: language.tag,
    title: say("title.unknown", { code }),
    summary: say("unknown.says", { code }),
    sections: filled([treatedAsSection(code, treatedAs, speaker), nearestSection([...nearest, ...sameClass], speaker)]),
  };
}

function treatedAsSection(code: number, treatedAs: ResponseCode, { say }: Speaker): Section {
  const name = `${treatedAs.code} ${treatedAs.phrase}`;
  const texts = [
    say("class.treatedAs", { code, class: name }),
    say(`class.${treatedAs.class}.means`, { code }),
    say(`action.${treatedAs.client.action}.after`, { code }),
  ];
  return { key: "treatedAs", heading: say("heading.treatedAs"), blocks: paragraphs(texts) };
}

function nearestSection(codes: readonly number[], { say }: Speaker): Section {
  return { key: "nearest", heading: say("heading.nearest"), blocks: [items(namesOf(codes))] };
}
