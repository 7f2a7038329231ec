// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"Les textes sont sous CC BY 4.0, le code sous MIT.",
"footer.privacy":"Ce site ne pose aucun cookie, ne charge rien d’ailleurs et n’envoie rien sur vous.",
"missing.text":"L’adresse ne mène nulle part. Cherchez plutôt le code ou le mot.",
"missing.title":"Cette page n’existe pas",
"nav.analyze":"Expliquer une capture",
"nav.codes":"Codes de réponse",
"nav.compare":"Comparer",
"nav.home":"Accueil",
"nav.language":"Langue",
"nav.main":"Pages principales",
"nav.reference":"Référence",
"nav.skip":"Aller au texte",
"nav.where":"Vous êtes ici",
"page.date":["Texte du ",{"value":"date"}],
"page.edit":"Modifier cette page",
"page.english":"Lire en anglais",
"page.source":"Source de cette page",
"page.stale":"Le texte anglais est plus récent que cette traduction.",
"search.button":"Chercher",
"search.label":"Chercher un code, deux codes ou des mots",
"search.placeholder":"486, 202 vs 502, occupé",
"site.description":"Tous les codes de réponse SIP expliqués : ce qu’ils veulent dire, qui les envoie, que faire. Et des captures expliquées dans le navigateur, sans envoi.",
"site.title":"sipwhy : pourquoi un appel SIP a reçu cette réponse"
}`) as Strings;
