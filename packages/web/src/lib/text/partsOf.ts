import { facts, nameOf } from "@sipwhy/core/reference";

/** A piece of a text of the reference: words, a `code span`, or a link to another page or to the section of an RFC. */
export interface TextPart {
  readonly text: string;
  readonly kind: "text" | "code" | "page" | "source";
  /** Of a page, and of a code span that names a rule: a path below the language. Of a source: its address. */
  readonly to?: string;
}

const rules = new Set(facts.codes.flatMap(({ relatedRules }) => relatedRules));
const registered = facts.codes.map(({ code }) => escapePattern(nameOf(code)));
const linked = new RegExp(
  [
    "`(?<code>[^`]+)`",
    String.raw`RFC (?<rfc>\d{3,5})(?: §(?<section>[\w.]*\w))?`,
    `(?<name>${registered.join("|")})`,
    String.raw`(?<![\w-])(?:[Cc]aus[ea]|原因值) (?<cause>\d{1,3})(?!\d)`,
  ].join("|"),
  "gu",
);

/** Cuts a text at its code spans and at what it names that has a page of its own; named again, it is not linked again. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(linked)) {
    const part = partOf(match[0], match.groups ?? {});
    if (part === undefined || (part.kind === "page" && parts.some(({ to }) => to === part.to))) continue;
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push(part);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function partOf(
  text: string,
  { code, rfc, section, name, cause }: Record<string, string | undefined>,
): TextPart | undefined {
  if (code !== undefined) return { kind: "code", text: code, to: rules.has(code) ? `rules/${code}/` : undefined };
  if (rfc !== undefined) return { kind: "source", text, to: rfcAddress(rfc, section) };
  if (name !== undefined) return { kind: "page", text, to: `codes/${name.slice(0, 3)}/` };
  if (!facts.q850.some((entry) => entry.cause === Number(cause))) return undefined;
  return { kind: "page", text, to: `q850/${cause}/` };
}

function rfcAddress(rfc: string, section: string | undefined): string {
  const page = `https://www.rfc-editor.org/rfc/rfc${rfc}.html`;
  if (section === undefined) return page;
  return `${page}#${/^\d/u.test(section) ? "section" : "appendix"}-${section}`;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}
