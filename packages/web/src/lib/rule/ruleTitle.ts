import type { Message, Pattern, RuleProse } from "@sipwhy/core/language";

/** The title of a rule where no finding fills it in: a value shows its name. */
export function ruleTitle({ title }: RuleProse): string {
  return unfilled(title);
}

/** A message with the names of its values in place of the values, and the most general of its variants. */
export function unfilled(message: Message): string {
  const pattern: Pattern = isSelection(message) ? message.variants[message.variants.length - 1].pattern : message;
  if (typeof pattern === "string") return pattern;
  return pattern.map((part) => (typeof part === "string" ? part : `‹${part.value}›`)).join("");
}

function isSelection(message: Message): message is Exclude<Message, Pattern> {
  return typeof message === "object" && "select" in message;
}
