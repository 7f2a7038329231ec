import { interfaceText } from "../language/interfaceText.ts";
import type { Language } from "../language/language.ts";
import type { Redaction } from "../redaction/redactor.ts";

/** What was replaced, in one sentence: `Replaced: 3 numbers, 2 addresses`. */
export function redactionList(redactions: readonly Redaction[], language: Language): string {
  if (redactions.length === 0) return interfaceText(language, "redaction.nothing");
  const parts = redactions.map(({ kind, values, count }) =>
    // A text is masked wherever it stands: its values are not told apart.
    interfaceText(language, `redaction.${kind}`, { count: values === 0 ? count : values }),
  );
  const list = new Intl.ListFormat(language.tag, { type: "unit", style: "long" }).format(parts);
  return interfaceText(language, "redaction.list", { list });
}
