import type { Message, Part, Pattern, Selection, ValueReference } from "./language.ts";
import { numberText } from "./numberText.ts";

export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * A message with its values filled in, values told apart from our own text so that a view can mark them.
 * A value that is not there shows as `{name}`; `missingValues` names it.
 */
export function formatParts(message: Message, values: MessageValues, locale: string): Part[] {
  const pattern = choosePattern(message, values, locale);
  if (typeof pattern === "string") return [{ kind: "text", text: pattern }];
  return pattern.map((piece) => formatPiece(piece, values, locale));
}

/** As `formatParts`, joined. Values are not escaped: that is for the view that knows where the text goes. */
export function formatText(message: Message, values: MessageValues, locale: string): string {
  if (typeof message === "string") return message;
  let text = "";
  for (const part of formatParts(message, values, locale)) text += part.text;
  return text;
}

/** Names of values which the message refers to in any of its variants and which `values` lacks. */
export function missingValues(message: Message, values: MessageValues): string[] {
  const names = isSelection(message)
    ? [
        ...message.select.map((selector) => selector.value),
        ...message.variants.flatMap(({ pattern }) => namesOf(pattern)),
      ]
    : namesOf(message);
  return [...new Set(names)].filter((name) => !Object.hasOwn(values, name));
}

/** True where one of the variants of the message is for this very value. */
export function hasVariantFor(message: Message, name: string, value: string): boolean {
  if (!isSelection(message)) return false;
  const place = message.select.findIndex((selector) => selector.value === name);
  return place >= 0 && message.variants.some(({ keys }) => keys[place] === value);
}

function choosePattern(message: Message, values: MessageValues, locale: string): Pattern {
  if (!isSelection(message)) return message;
  const found = message.variants.find(({ keys }) =>
    message.select.every(({ value, by }, index) => {
      const key = keys[index];
      return key === "*" || (Object.hasOwn(values, value) && matchesKey(key, values[value], by, locale));
    }),
  );
  return found?.pattern ?? "";
}

function matchesKey(key: string, value: string | number, by: "plural" | "string", locale: string): boolean {
  if (key === String(value)) return true;
  if (by === "string") return false;
  const number = Number(value);
  return Number.isFinite(number) && pluralRules(locale).select(number) === key;
}

function formatPiece(piece: string | ValueReference, values: MessageValues, locale: string): Part {
  if (typeof piece === "string") return { kind: "text", text: piece };
  if (!Object.hasOwn(values, piece.value)) return { kind: "text", text: `{${piece.value}}` };
  const value = values[piece.value];
  return { kind: "value", text: typeof value === "number" ? formatNumber(value, piece, locale) : value };
}

/** A number that names something (a code, a port, a frame) is shown as it is; a measured one, which has decimals, as it is written there. */
function formatNumber(value: number, { format }: ValueReference, locale: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (format === "integer") return numberText(value, locale);
  return Number.isInteger(value) ? String(value) : numberText(value, locale, { decimals: 3, grouped: false });
}

function isSelection(message: Message): message is Selection {
  return typeof message === "object" && "select" in message;
}

function namesOf(pattern: Pattern): string[] {
  if (typeof pattern === "string") return [];
  return pattern.flatMap((piece) => (typeof piece === "string" ? [] : [piece.value]));
}

/** An Intl object costs far more to make than to use. */
const pluralRulesByLocale = new Map<string, Intl.PluralRules>();

function pluralRules(locale: string): Intl.PluralRules {
  let rules = pluralRulesByLocale.get(locale);
  if (!rules) pluralRulesByLocale.set(locale, (rules = new Intl.PluralRules(locale)));
  return rules;
}
