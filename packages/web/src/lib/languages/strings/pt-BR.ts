// Generated from content/ by `npm run generate`. Do not edit.
import type { Strings } from "../loaders.ts";

export const strings: Strings = JSON.parse(`{
"footer.license":"Os textos são CC BY 4.0; o código, MIT.",
"footer.privacy":"Este site não usa cookies, não carrega nada de fora e não envia nada sobre você.",
"missing.text":"O endereço não leva a lugar nenhum. Consulte o código ou a palavra.",
"missing.title":"Esta página não existe",
"nav.analyze":"Explicar uma captura",
"nav.codes":"Códigos de resposta",
"nav.compare":"Comparar",
"nav.home":"Início",
"nav.language":"Idioma",
"nav.main":"Páginas principais",
"nav.reference":"Referência",
"nav.skip":"Ir para o texto",
"nav.where":"Você está aqui",
"page.date":["Texto de ",{"value":"date"}],
"page.edit":"Editar esta página",
"page.english":"Ler em inglês",
"page.source":"Fonte desta página",
"page.stale":"O texto em inglês é mais recente do que esta tradução.",
"search.button":"Consultar",
"search.label":"Consultar um código, dois códigos ou palavras",
"search.placeholder":"486, 202 vs 502, ocupado",
"site.description":"Todos os códigos de resposta SIP explicados: o que significam, quem os envia, o que fazer. E capturas explicadas no navegador, sem upload.",
"site.title":"sipwhy: por que uma chamada SIP recebeu essa resposta"
}`) as Strings;
