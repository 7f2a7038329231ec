// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"Los textos son CC BY 4.0; el código, MIT.",
"footer.privacy":"Este sitio no usa cookies, no carga nada de otros sitios y no envía nada sobre usted.",
"missing.text":"La dirección no lleva a ninguna parte. Busque el código o la palabra.",
"missing.title":"Esta página no existe",
"nav.analyze":"Explicar una captura",
"nav.codes":"Códigos de respuesta",
"nav.compare":"Comparar",
"nav.home":"Inicio",
"nav.language":"Idioma",
"nav.main":"Páginas principales",
"nav.reference":"Referencia",
"nav.skip":"Ir al texto",
"nav.where":"Está aquí",
"page.date":["Texto del ",{"value":"date"}],
"page.edit":"Editar esta página",
"page.english":"Leerla en inglés",
"page.source":"Fuente de esta página",
"page.stale":"El texto inglés es más reciente que esta traducción.",
"search.button":"Buscar",
"search.label":"Buscar un código, dos códigos o palabras",
"search.placeholder":"486, 202 vs 502, ocupado",
"site.description":"Todos los códigos de respuesta SIP explicados: qué significan, quién los envía, qué hacer. Y capturas explicadas en el navegador, sin subir nada.",
"site.title":"sipwhy: por qué una llamada SIP recibió esa respuesta"
}`) as Strings;
