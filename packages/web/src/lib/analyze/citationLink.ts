/** `RFC 3261 §21.4.24` at the RFC Editor. */
export function citationLink(citation: string): string {
  const [, number = "", section] = /^RFC (\d+)(?: §(\S+))?/u.exec(citation) ?? [];
  const part = section === undefined ? "" : `#${/^\d/u.test(section) ? "section" : "appendix"}-${section}`;
  return `https://www.rfc-editor.org/rfc/rfc${number}${part}`;
}
