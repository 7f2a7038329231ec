import { utf8Text } from "./utf8Text.ts";

/** A text of HTML or XML with the characters that its entities stand for. */
export function withoutEntities(line: string): string {
  let text = line;
  for (const [entity, character] of ENTITIES) text = text.replaceAll(entity, character);
  if (text.includes("&#")) text = text.replaceAll(NUMERIC, (_, digits: string) => characterOf(digits));
  return text.replaceAll("&amp;", "&");
}

const ENTITIES: readonly (readonly [string, string])[] = [
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&apos;", "'"],
  ["&nbsp;", " "],
];

/** Bounded, and nothing in it can be matched in two ways. */
const NUMERIC = /&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});/g;

/** The bytes of a character's UTF-8, a character each. */
function characterOf(digits: string): string {
  const code = digits.startsWith("x") ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  return code > 0x10ffff || code < 32 ? " " : utf8Text(code);
}
