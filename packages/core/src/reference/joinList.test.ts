import { expect, test } from "vitest";
import { listPatterns } from "../../../../tools/content/listPatterns.ts";
import { joinList } from "./joinList.ts";
import { reference as en } from "./languages/en.ts";

const lists = [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d", "e"], ["INVITE", "OPTIONS"], ["SIP", "ISDN"]];

test.each(["en", "ja", "de", "es", "fr", "pt-BR", "ko", "zh-Hans"])("a list reads in %s as Intl has it", (tag) => {
  for (const type of ["conjunction", "disjunction"] as const) {
    const language = { ...en, tag, lists: { [type]: listPatterns(tag, type) } };
    for (const items of lists) {
      expect(joinList(items, type, language)).toBe(new Intl.ListFormat(tag, { type }).format(items));
    }
  }
});
