import { rows, type Page, type Section } from "./page.ts";
import type { ReferenceLanguage } from "./referenceLanguage.ts";
import { search, type SearchHit } from "./search.ts";
import { speakerOf, type Speaker } from "./speaker.ts";

/** More than a screenful helps nobody. */
const mostHits = 20;

/** What a search found, ready to be shown: by kind, the kind of the best hit first. */
export function describeSearch(text: string, language: ReferenceLanguage): Page {
  const speaker = speakerOf(language);
  const { say } = speaker;
  const hits = search(text, language).slice(0, mostHits);
  const kinds = [...new Set(hits.map(({ kind }) => kind))];
  return {
    kind: "search",
    language: language.tag,
    title: say("title.search", { text }),
    summary: hits.length === 0 ? say("search.none", { text }) : undefined,
    sections: kinds.map((kind) => sectionOf(kind, hits, speaker)),
  };
}

function sectionOf(kind: SearchHit["kind"], hits: readonly SearchHit[], speaker: Speaker): Section {
  const found = hits.filter((hit) => hit.kind === kind);
  return {
    key: kind,
    heading: speaker.say(`search.kind.${kind}`),
    blocks: [rows(found.map((hit) => ({ label: hit.title, value: textOf(hit, speaker) })))],
  };
}

function textOf({ text, rules }: SearchHit, { say, and }: Speaker): string {
  return rules === undefined ? text : say("search.withRules", { text, rules: and(rules.map((rule) => `\`${rule}\``)) });
}
