import { describe, expect, test } from "vitest";
import { locales } from "./locales.generated.ts";
import { numberText } from "./numberText.ts";

const whole = [
  0,
  1,
  9,
  10,
  999,
  1000,
  1234,
  9999,
  10_000,
  12_345,
  100_000,
  999_999,
  1e6,
  1_234_567,
  1e9,
  2 ** 53,
  1e21,
];
const parts = [0.1, 0.5, 0.004, 0.0005, 0.0625, 0.9995, 1.005, 2.5, 3.5, 12.25, 99.95, 999.5, 1234.5678, 1e-9, 1 / 3];
const values = [...whole, ...parts].flatMap((value) => [value, -value]);

describe.each(locales.map(({ tag }) => tag))("in %s", (tag) => {
  test.each([0, 1, 3])("a number with at most %i decimals reads as Intl has it", (decimals) => {
    for (const value of values) {
      for (const grouped of [true, false]) {
        const expected = new Intl.NumberFormat(tag, {
          maximumFractionDigits: decimals,
          useGrouping: grouped ? "auto" : false,
        });
        expect([value, numberText(value, tag, { decimals, grouped })]).toEqual([value, expected.format(value)]);
      }
    }
  });
});

test("a language without text of ours is left to Intl, and so is what is no number", () => {
  expect(numberText(1234.5, "ru", { decimals: 1 })).toBe(new Intl.NumberFormat("ru").format(1234.5));
  expect(numberText(Number.NaN, "en")).toBe("NaN");
  expect(numberText(Number.POSITIVE_INFINITY, "en")).toBe("∞");
});
