// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"Texte stehen unter CC BY 4.0, der Code unter MIT.",
"footer.privacy":"Diese Website setzt keine Cookies, lädt nichts von anderswo und sendet nichts über Sie.",
"missing.text":"Die Adresse führt ins Leere. Schlagen Sie stattdessen den Code oder das Wort nach.",
"missing.title":"Diese Seite gibt es nicht",
"nav.analyze":"Mitschnitt erklären",
"nav.codes":"Statuscodes",
"nav.compare":"Vergleichen",
"nav.home":"Start",
"nav.language":"Sprache",
"nav.main":"Hauptseiten",
"nav.reference":"Nachschlagen",
"nav.skip":"Zum Text springen",
"nav.where":"Sie sind hier",
"page.date":["Text vom ",{"value":"date"}],
"page.edit":"Diese Seite bearbeiten",
"page.english":"Auf Englisch lesen",
"page.source":"Quelle dieser Seite",
"page.stale":"Der englische Text ist neuer als diese Übersetzung.",
"search.button":"Nachschlagen",
"search.label":"Code, zwei Codes oder Wörter nachschlagen",
"search.placeholder":"486, 202 vs 502, besetzt",
"site.description":"Jeder SIP-Statuscode erklärt: was er bedeutet, wer ihn sendet, was zu tun ist. Und Mitschnitte, im Browser erklärt, ohne Upload.",
"site.title":"sipwhy: warum ein SIP-Anruf diese Antwort bekam"
}`) as Strings;
