import { formatText, type MessageValues } from "./format.ts";
import type { Language } from "./language.ts";

/** An interface string of content/<lang>/ui.json with its values filled in; a key that does not exist shows itself. */
export function interfaceText(language: Language, key: string, values: MessageValues = {}): string {
  const message = Object.hasOwn(language.ui, key) ? language.ui[key] : key;
  return formatText(message, values, language.tag);
}

/** The same, in one language. */
export function sayIn(language: Language): (key: string, values?: MessageValues) => string {
  return (key, values) => interfaceText(language, key, values);
}
