import { numberStyles } from "./numberStyles.generated.ts";

/** How a language writes numbers with decimal digits and groups of three. */
export interface NumberStyle {
  readonly decimal: string;
  readonly group: string;
  /** Digits before the decimal sign from which on they are grouped: 4, or 5 where `1234` is written so. */
  readonly groupedFrom: number;
}

export interface NumberOptions {
  /** At most; 0 unless said otherwise. The last one is rounded, half away from zero. */
  readonly decimals?: number;
  readonly grouped?: boolean;
}

/** Beyond it numbers are left to Intl. */
const LARGEST = 1e15;

/**
 * A number as a language writes it: the same text as Intl.NumberFormat gives. Its first object costs a process thirty milliseconds, more than
 * to explain a small capture.
 */
export function numberText(
  value: number,
  locale: string,
  { decimals = 0, grouped = true }: NumberOptions = {},
): string {
  const style = numberStyles[locale];
  if (style === undefined || !(Math.abs(value) < LARGEST) || Object.is(value, -0))
    return value.toLocaleString(locale, { maximumFractionDigits: decimals, useGrouping: grouped ? "auto" : false });
  const [whole, fraction = ""] = Math.abs(value).toFixed(decimals).split(".");
  const shown = grouped && whole.length >= style.groupedFrom ? inGroups(whole, style.group) : whole;
  const digits = withoutZeros(fraction);
  return `${value < 0 ? "-" : ""}${shown}${digits === "" ? "" : style.decimal}${digits}`;
}

function inGroups(digits: string, separator: string): string {
  let text = digits.slice(-3);
  for (let end = digits.length - 3; end > 0; end -= 3)
    text = digits.slice(Math.max(0, end - 3), end) + separator + text;
  return text;
}

function withoutZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === "0") end--;
  return fraction.slice(0, end);
}
