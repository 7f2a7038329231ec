import type { Language } from "@sipwhy/core/language";
import { helpText } from "./helpText.ts";

/** A flag with a value that may be left out: its help is `flag.<name>`, its value stands there as `placeholder.<value>`. */
export interface ParsedFlag<Value> {
  readonly kind: "parsed";
  readonly parse: (text: string) => Value;
  readonly optional: true;
  readonly brief: string;
  readonly placeholder: string;
}

/** @param parse throws where the value cannot be, in words for the user; without it any text may be */
export function parsedFlag(language: Language, name: string, value: string): ParsedFlag<string>;
export function parsedFlag<Value>(
  language: Language,
  name: string,
  value: string,
  parse: (language: Language, text: string) => Value,
): ParsedFlag<Value>;
export function parsedFlag(
  language: Language,
  name: string,
  value: string,
  parse: (language: Language, text: string) => unknown = (_language, text) => text,
): ParsedFlag<unknown> {
  return {
    kind: "parsed",
    parse: (text) => parse(language, text),
    optional: true,
    brief: helpText(language, `flag.${name}`),
    placeholder: helpText(language, `placeholder.${value}`),
  };
}
