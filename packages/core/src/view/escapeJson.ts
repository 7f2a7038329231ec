import { isUnsafe } from "./escapeTerminal.ts";

/** Writes what could act on a terminal as `\u` escapes: the same JSON, safe to look at. */
export function escapeJson(json: string): string {
  return json.replace(/[^\n\u0020-\u007e]/gu, (character) => {
    const codePoint = character.codePointAt(0) as number;
    if (!isUnsafe(codePoint)) return character;
    let escaped = "";
    for (let index = 0; index < character.length; index++) {
      escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
    }
    return escaped;
  });
}
