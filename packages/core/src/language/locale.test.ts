import { expect, test } from "vitest";
import { matchLocale, type Locale } from "./locale.ts";

const spoken: readonly Locale[] = ["en", "ja", "pt-BR", "zh-Hans"].map((tag) => ({
  tag,
  name: tag,
  direction: "ltr",
}));
const match = (...wanted: string[]) => matchLocale(wanted, spoken)?.tag;

test("a region falls back to the language", () => {
  expect(match("ja-JP")).toBe("ja");
  expect(match("ja_JP.UTF-8")).toBe("ja");
  expect(match("en_GB@euro")).toBe("en");
});

test("Portuguese of any country reads Brazilian Portuguese", () => {
  expect(match("pt")).toBe("pt-BR");
  expect(match("pt-PT")).toBe("pt-BR");
});

test("Chinese is matched by its script", () => {
  expect(match("zh-CN")).toBe("zh-Hans");
  expect(match("zh")).toBe("zh-Hans");
  expect(match("zh-SG")).toBe("zh-Hans");
  expect(match("zh-TW")).toBeUndefined();
  expect(match("zh-Hant-HK")).toBeUndefined();
  expect(match("zh-Hans-HK")).toBe("zh-Hans");
});

test("the first language that is spoken wins, and none is none", () => {
  expect(match("sv", "ja", "en")).toBe("ja");
  expect(match("C.UTF-8")).toBeUndefined();
});
