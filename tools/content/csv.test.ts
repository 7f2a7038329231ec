import { expect, test } from "vitest";
import { csvText } from "./csv.ts";

test("what a spreadsheet would run is text", () => {
  expect(csvText([["=1+1", "@x", "-2", "+a", "-a", "a,b", 'say "x"', "a\nb"]])).toBe(
    `'=1+1,'@x,-2,'+a,'-a,"a,b","say ""x""","a\nb"\r\n`,
  );
});
