import { isDigit } from "../../bytes/ascii.ts";
import { withoutEntities } from "./withoutEntities.ts";

/** Takes off what a line got on its way through terminals, mail, chats and web pages. A line has one character for each of its bytes. */
export class LineCleaner {
  /** Lines in which mail, a chat or a page had changed something. */
  mended = 0;
  /** Once an escaped SIP URI was seen, entities are entities. */
  #hasEntities = false;
  /** Once a blank of SIP's own syntax was seen as a no-break space, they all are. */
  #hasNoBreakSpaces = false;
  /** Once a quote of SIP's own syntax was seen as a typographic one, they all are. */
  #hasTypography = false;
  /** Once a line stood in an element of a page, they all do. */
  #isPage = false;

  clean(raw: string): string {
    const line = raw.includes("\x1b") ? withoutColours(raw) : raw;
    const clean = this.#mend(this.#withoutTags(withoutShownEnd(line)));
    if (clean !== line) this.mended++;
    return clean;
  }

  /** The tags around a line of a page; elsewhere they are of a body. */
  #withoutTags(line: string): string {
    const opened = line.includes("<") ? OPENING_TAGS.exec(line)?.[0] : undefined;
    if (opened === undefined) return line;
    this.#isPage ||=
      opened.includes("<html") || opened.includes("<body") || line.includes("&lt;") || line.includes("&gt;");
    return this.#isPage ? line.slice(opened.length).replace(CLOSING_TAGS, "") : line;
  }

  #mend(raw: string): string {
    let line = raw;
    if (line.includes("&")) line = this.#entities(line);
    if (line.includes("\xe2\x80") || line.includes("\xef\xbb\xbf")) line = this.#typography(withoutInvisible(line));
    if (line.includes(NO_BREAK_SPACE)) line = this.#noBreakSpaces(line);
    return line[quoteStart(line)] === ">" ? withoutQuotes(line) : line;
  }

  #entities(line: string): string {
    this.#hasEntities ||=
      line.includes("&lt;sip") || line.includes("&lt;tel:") || line.includes("&lt;---") || line.includes(" -&gt; ");
    return this.#hasEntities ? withoutEntities(line) : line;
  }

  #noBreakSpaces(line: string): string {
    this.#hasNoBreakSpaces ||=
      line.includes(`:${NO_BREAK_SPACE}`) ||
      line.includes(`${NO_BREAK_SPACE}SIP/2.0`) ||
      line.includes(`SIP/2.0${NO_BREAK_SPACE}`);
    return this.#hasNoBreakSpaces || line.startsWith(NO_BREAK_SPACE) ? line.replaceAll(NO_BREAK_SPACE, " ") : line;
  }

  #typography(line: string): string {
    // A value of a parameter, or a name before an address.
    this.#hasTypography ||=
      line.includes(`=${OPENING}`) || line.includes(`=${CLOSING}`) || line.includes(`${CLOSING} <sip`);
    return this.#hasTypography ? line.replaceAll(OPENING, '"').replaceAll(CLOSING, '"') : line;
  }
}

/** In UTF-8, a character for each byte. */
const NO_BREAK_SPACE = "\xc2\xa0";
const OPENING = "\xe2\x80\x9c";
const CLOSING = "\xe2\x80\x9d";

/** Line ends as editors, `cat -A`, strings of programs and RTF show them. */
function withoutShownEnd(line: string): string {
  const end = SHOWN_ENDS.find((shown) => line.endsWith(shown));
  if (end === undefined || line.indexOf(end) !== line.length - end.length) return line;
  const text = line.slice(0, -end.length);
  // Where there are several, the line is more than one.
  return text.includes("\\n") ? line : text;
}

const SHOWN_ENDS: readonly string[] = ["^M$", "^M", "\\r\\n", "\\r", "\\par"];

/** Tags may follow each other with blanks only in them: nothing can be matched in two ways. */
const OPENING_TAGS = /^\s{0,64}(?:<(?:html|body|div|p|span|li|td|tr|pre|code|font|tt)(?: [^<>]{0,256})?>){1,8}/;
const CLOSING_TAGS = /(?:<\/(?:html|body|div|p|span|li|td|tr|pre|code|font|tt)>){1,8}$/;

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

/** Zero-width characters at either end, where pasting leaves them. Inside, somebody may have sent them. */
function withoutInvisible(line: string): string {
  let [start, end] = [0, line.length];
  while (INVISIBLE.has(line.slice(start, start + 3))) start += 3;
  while (end > start && INVISIBLE.has(line.slice(end - 3, end))) end -= 3;
  return line.slice(start, end);
}

/** U+200B to U+200D, U+FEFF. */
const INVISIBLE: ReadonlySet<string> = new Set(["\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xef\xbb\xbf"]);

/** A mail quotes a line with `> `, each time it is answered. No line of SIP starts with it. */
function withoutQuotes(line: string): string {
  let at = quoteStart(line);
  while (line[at] === ">") at += line[at + 1] === " " && line[at + 2] === ">" ? 2 : 1;
  return line.slice(line[at] === " " ? at + 1 : at);
}

function quoteStart(line: string): number {
  let at = 0;
  while (at < 3 && line[at] === " ") at++;
  return at;
}
