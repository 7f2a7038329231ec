import { isDigit } from "../../bytes/ascii.ts";

/** Takes off what a line got on its way through terminals, mail and web pages. */
export class LineCleaner {
  /** Once an escaped SIP URI was seen, entities are entities. */
  #escaped = false;

  clean(raw: string): string {
    let line = raw;
    if (line.includes("\x1b")) line = withoutColours(line);
    if (line.startsWith(">")) line = withoutQuotes(line);
    if (!line.includes("&")) return line;
    this.#escaped ||=
      line.includes("&lt;sip") || line.includes("&lt;tel:") || line.includes("&lt;---") || line.includes(" -&gt; ");
    return this.#escaped ? withoutEntities(line) : line;
  }
}

/** `ESC [ … letter`. ECMA-48 §5.4. */
function withoutColours(line: string): string {
  let text = "";
  for (let i = 0; i < line.length; i++) {
    if (line[i] !== "\x1b") {
      text += line[i];
      continue;
    }
    if (line[i + 1] !== "[") continue;
    i += 2;
    while (i < line.length && (isDigit(line.charCodeAt(i)) || line[i] === ";")) i++;
  }
  return text;
}

/** A mail quotes a line with `> `, each time it is answered. No line of SIP starts with it. */
function withoutQuotes(line: string): string {
  let at = 0;
  while (line[at] === ">") at += line[at + 1] === " " && line[at + 2] === ">" ? 2 : 1;
  return line.slice(line[at] === " " ? at + 1 : at);
}

function withoutEntities(line: string): string {
  let text = line;
  for (const [entity, character] of ENTITIES) text = text.replaceAll(entity, character);
  return text;
}

/** `&amp;` last: what it makes is not read again. */
const ENTITIES: readonly (readonly [string, string])[] = [
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#34;", '"'],
  ["&#39;", "'"],
  ["&apos;", "'"],
  ["&nbsp;", " "],
  ["&amp;", "&"],
];
