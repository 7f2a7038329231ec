export { formatParts, formatText, missingValues, type MessageValues } from "./format.ts";
export { interfaceText } from "./interfaceText.ts";
export { matchLocale, type Locale } from "./locale.ts";
export { locales } from "./locales.generated.ts";
export type { Language, Message, Part, Pattern, RuleProse, Selection, ValueReference } from "./language.ts";
