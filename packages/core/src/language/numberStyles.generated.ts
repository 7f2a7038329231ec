// Generated from content/ by `npm run generate`. Do not edit.
import type { NumberStyle } from "./numberText.ts";

/** By language. */
export const numberStyles: Readonly<Record<string, NumberStyle | undefined>> = {
  en: { decimal: ".", group: ",", groupedFrom: 4 },
  ja: { decimal: ".", group: ",", groupedFrom: 4 },
  de: { decimal: ",", group: ".", groupedFrom: 4 },
  es: { decimal: ",", group: ".", groupedFrom: 5 },
  fr: { decimal: ",", group: " ", groupedFrom: 4 },
  "pt-BR": { decimal: ",", group: ".", groupedFrom: 4 },
  ko: { decimal: ".", group: ",", groupedFrom: 4 },
  "zh-Hans": { decimal: ".", group: ",", groupedFrom: 4 },
};
