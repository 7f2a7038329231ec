import { facts, nameOf } from "./facts.ts";
import { fromSipRows, toSipRows } from "./isdn.ts";
import { q850, reasonProtocol, warning } from "./lookUp.ts";
import { filled, items, paragraphs, rows, type Page, type Section } from "./page.ts";
import type { ReferenceLanguage, ShortProse } from "./referenceLanguage.ts";
import { citationWithTitle, speakerOf, type Speaker } from "./speaker.ts";

/** A Q.850 cause. Throws LookUpError `not-a-cause`, `unknown-cause`. */
export function describeQ850(cause: number, language: ReferenceLanguage): Page {
  const entry = q850(cause);
  const speaker = speakerOf(language);
  const { say } = speaker;
  const prose = language.q850[cause];
  return {
    kind: "q850",
    language: language.tag,
    title: say("title.q850", { cause, name: prose?.name ?? "" }),
    sections: filled([
      ...shortSections(prose, speaker),
      {
        key: "facts",
        heading: say("heading.facts"),
        blocks: [
          rows([{ label: say("label.class"), value: say(`q850Class.${entry.class}`) }]),
          ...paragraphs(entry.listedByItu === false ? [say("q850.notListed")] : []),
        ],
      },
      { key: "toSip", heading: say("heading.toSip"), blocks: [rows(toSipRows(entry, speaker))] },
      { key: "fromSip", heading: say("heading.fromSip"), blocks: [rows(fromSipRows(cause, speaker))] },
      readOn(entry.citations, speaker),
    ]),
  };
}

/** A warn-code. Throws LookUpError `unknown-warning`. */
export function describeWarning(code: number, language: ReferenceLanguage): Page {
  const entry = warning(code);
  const speaker = speakerOf(language);
  const { say, and } = speaker;
  const prose = language.warnings[code];
  const usedWith = entry.usedWith.length === 0 ? say("usedWith.any") : and(entry.usedWith.map(nameOf));
  const list = [
    { label: say("label.text"), value: entry.text },
    { label: say("label.group"), value: say(`group.${entry.group}`) },
    { label: say("label.usedWith"), value: usedWith },
    { label: say("label.automaticAction"), value: say(`automaticAction.${entry.automaticAction}`) },
    { label: say("label.defined"), value: entry.defined },
  ];
  return {
    kind: "warning",
    language: language.tag,
    title: say("title.warning", { code, name: prose?.name ?? entry.text }),
    sections: filled([
      ...shortSections(prose, speaker),
      { key: "facts", heading: say("heading.facts"), blocks: [rows(list)] },
      readOn(entry.citations, speaker),
    ]),
  };
}

/** A protocol of the Reason header field. Throws LookUpError `unknown-reason`. */
export function describeReason(protocol: string, language: ReferenceLanguage): Page {
  const entry = reasonProtocol(protocol);
  const speaker = speakerOf(language);
  const { say, and } = speaker;
  const prose = language.reasons[entry.protocol];
  const list = [
    { label: say("label.usedIn"), value: say(`usedIn.${entry.usedIn}`) },
    { label: say("label.causes"), value: say(`causes.${entry.causes}`) },
    { label: say("label.defined"), value: and(entry.definedIn) },
  ];
  const values = Object.entries(entry.values ?? {}).map(([label, value]) => ({ label, value }));
  return {
    kind: "reason",
    language: language.tag,
    title: say("title.reason", { protocol: entry.protocol, name: prose?.name ?? "" }),
    summary: entry.unverified ? say("unverified.note") : undefined,
    sections: filled([
      ...shortSections(prose, speaker),
      { key: "facts", heading: say("heading.facts"), blocks: [rows(list)] },
      { key: "values", heading: say("heading.values"), blocks: [rows(values)] },
      readOn(entry.citations, speaker),
    ]),
  };
}

/** Every registered code, or those of one class, by class. */
export function describeCodes(language: ReferenceLanguage, only?: number): Page {
  const speaker = speakerOf(language);
  const { say } = speaker;
  const listed = facts.codes.filter(({ code }) => only === undefined || Math.floor(code / 100) === only);
  const classes = [...new Set(listed.map((entry) => entry.class))];
  return {
    kind: "codes",
    language: language.tag,
    title: say("title.codes"),
    summary: say("list.count", { count: listed.length }),
    sections: classes.map((name) => ({
      key: name,
      heading: say(`class.${name}`),
      blocks: [
        rows(
          listed
            .filter((entry) => entry.class === name)
            .map(({ code }) => ({ label: nameOf(code), value: language.codes[code]?.summary ?? "" })),
        ),
      ],
    })),
  };
}

function shortSections(prose: ShortProse | undefined, { say }: Speaker): Section[] {
  if (!prose) return [];
  return [
    { key: "says", heading: say("heading.says"), blocks: paragraphs([prose.says]) },
    { key: "fix", heading: say("heading.fix"), blocks: paragraphs([prose.fix]) },
  ];
}

function readOn(citations: readonly string[], { say }: Speaker): Section {
  return { key: "readOn", heading: say("heading.readOn"), blocks: [items(citations.map(citationWithTitle))] };
}
