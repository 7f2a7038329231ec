import { expect, test } from "vitest";
import {
  codes,
  compare,
  describeCode,
  describeCodes,
  describeQ850,
  describeReason,
  describeSearch,
  describeWarning,
  explainLookUpError,
  facts,
  LookUpError,
} from "./index.ts";
import { reference as en } from "./languages/en.ts";

const errors = [
  "not-a-status-code",
  "not-registered",
  "not-a-class",
  "not-a-cause",
  "unknown-cause",
  "unknown-warning",
  "unknown-reason",
  "same-code-twice",
] as const;

test("no string is translated for nothing: each is said somewhere", () => {
  const asked = new Set<string>();
  const strings = new Proxy(en.strings, {
    getOwnPropertyDescriptor(target, key) {
      asked.add(String(key));
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
  });
  const language = { ...en, strings };
  for (const { code } of [...codes, ...facts.unregistered]) describeCode(code, language);
  for (const code of [123, 299, 399, 499, 599, 699]) describeCode(code, language);
  for (const { cause } of facts.q850) describeQ850(cause, language);
  for (const { code } of facts.warnings) describeWarning(code, language);
  for (const { protocol } of facts.reasons) describeReason(protocol, language);
  for (const text of ["busy", "sip", "multicast", "xyzzy", "477"]) describeSearch(text, language);
  for (const { code: a } of codes) for (const { code: b } of codes) if (a < b) compare(a, b, language);
  for (const code of errors) explainLookUpError(new LookUpError(code, 1), language);
  describeCodes(language);
  expect(Object.keys(en.strings).filter((key) => !asked.has(key))).toEqual([]);
});
