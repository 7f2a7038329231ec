/** Offset of the colon behind a field name, from `from` on; -1 if there is none. */
export function fieldColon(line: string, from: number = 0): number {
  const colon = line.indexOf(":", from);
  if (colon < from + 1 || colon > from + 64) return -1;
  const name = line.slice(from, colon).trimEnd();
  for (let i = 0; i < name.length; i++) if (!isNameCode(name.charCodeAt(i))) return -1;
  return name === "" ? -1 : colon;
}

/** Letters, digits, hyphen, underscore and dot: what names of fields are made of. */
function isNameCode(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 95;
}
