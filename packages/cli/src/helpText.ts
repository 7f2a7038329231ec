import { formatText, type Language, type MessageValues } from "@sipwhy/core/language";
import { escapeTerminal } from "@sipwhy/core/reference-view";

/** A sentence of content/<lang>/help.json; values come from the command line and are made safe to show. */
export function helpText(language: Language, key: string, values: MessageValues = {}): string {
  const safe = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "string" ? escapeTerminal(value) : value,
  ]);
  const message = Object.hasOwn(language.help, key) ? language.help[key] : key;
  return formatText(message, Object.fromEntries(safe), language.tag);
}
