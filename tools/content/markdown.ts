/** A page of content/: front matter, and sections under heading keys. Its grammar is in content/README.md. */
export interface Page {
  readonly frontMatter: Readonly<Record<string, string>>;
  readonly sections: readonly Section[];
}

export interface Section {
  /** `fix/caller` for `### caller` under `## fix`. */
  readonly key: string;
  readonly paragraphs: readonly string[];
  readonly items: readonly string[];
}

/** Thrown for a page that does not follow the grammar. */
export class PageError extends Error {
  constructor(path: string, line: number, message: string) {
    super(`${path}:${line}: ${message}`);
  }
}

interface OpenSection {
  key: string;
  paragraphs: string[];
  items: string[];
}

/** Parses a page. Throws PageError with path and line (from 1). */
export function parsePage(text: string, path: string): Page {
  const lines = text.split("\n");
  const end = lines.indexOf("---", 1);
  if (lines[0] !== "---" || end < 0) throw new PageError(path, 1, "no front matter");
  return {
    frontMatter: parseFrontMatter(lines.slice(1, end), path),
    sections: parseSections(lines, end + 1, path),
  };
}

function parseFrontMatter(lines: readonly string[], path: string): Record<string, string> {
  const frontMatter: Record<string, string> = {};
  for (const [index, line] of lines.entries()) {
    const colon = line.indexOf(": ");
    if (colon < 1) throw new PageError(path, index + 2, "front matter is `key: text`");
    frontMatter[line.slice(0, colon)] = line.slice(colon + 2).trim();
  }
  return frontMatter;
}

function parseSections(lines: readonly string[], first: number, path: string): OpenSection[] {
  const sections: OpenSection[] = [];
  let top = "";
  let afterBlank = true;
  for (let index = first; index < lines.length; index++) {
    const line = lines[index].trimEnd();
    if (line.startsWith("## ")) {
      top = line.slice(3).trim();
      sections.push({ key: top, paragraphs: [], items: [] });
    } else if (line.startsWith("### ")) {
      sections.push({ key: `${top}/${line.slice(4).trim()}`, paragraphs: [], items: [] });
    } else if (line !== "") {
      const section = sections.at(-1);
      if (!section) throw new PageError(path, index + 1, "text before the first heading");
      addLine(
        section,
        line,
        afterBlank,
        () => new PageError(path, index + 1, "only headings, paragraphs and flat lists"),
      );
    }
    afterBlank = line === "" || line.startsWith("#");
  }
  return sections.filter(({ paragraphs, items }) => paragraphs.length > 0 || items.length > 0);
}

function addLine(section: OpenSection, line: string, afterBlank: boolean, refuse: () => Error): void {
  if (line.startsWith("#")) throw refuse();
  const item = withoutMarker(line);
  if (item !== undefined) section.items.push(item);
  else if (line.startsWith("  ") && section.items.length > 0) append(section.items, line.trim());
  else if (line.startsWith(" ")) throw refuse();
  else if (afterBlank || section.paragraphs.length === 0) section.paragraphs.push(line);
  else append(section.paragraphs, line);
}

/** The text of `- text` or `12. text`; `undefined` for any other line. */
function withoutMarker(line: string): string | undefined {
  if (line.startsWith("- ")) return line.slice(2).trim();
  let digits = 0;
  while (line[digits] >= "0" && line[digits] <= "9") digits++;
  return digits > 0 && line.startsWith(". ", digits) ? line.slice(digits + 2).trim() : undefined;
}

/** Joins a wrapped line; scripts without spaces are joined without one. */
function append(texts: string[], line: string): void {
  const before = texts[texts.length - 1];
  texts[texts.length - 1] = before + (isIdeographic(before.at(-1)!) && isIdeographic(line[0]) ? "" : " ") + line;
}

function isIdeographic(character: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u.test(character);
}
