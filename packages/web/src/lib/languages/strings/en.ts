// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"Texts are CC BY 4.0, the code is MIT.",
"footer.privacy":"This site sets no cookies, loads nothing from anywhere else and sends nothing about you.",
"missing.text":"The address leads nowhere. Look up the code or the word instead.",
"missing.title":"There is no such page",
"nav.analyze":"Explain a capture",
"nav.codes":"Response codes",
"nav.compare":"Compare",
"nav.home":"Start",
"nav.language":"Language",
"nav.main":"Main pages",
"nav.reference":"Reference",
"nav.skip":"Skip to the text",
"nav.where":"You are here",
"page.date":["Text of ",{"value":"date"}],
"page.edit":"Edit this page",
"page.english":"Read it in English",
"page.source":"Source of this page",
"page.stale":"The English text is newer than this translation.",
"search.button":"Look up",
"search.label":"Look up a code, two codes, or words",
"search.placeholder":"486, 202 vs 502, busy",
"site.description":"Every SIP response code explained: what it means, who sends it, what to do. And captures explained in your browser, without an upload.",
"site.title":"sipwhy: why a SIP call got that answer"
}`) as Strings;
