import { expect, test } from "vitest";
import { compileMessage, plainText, valueNames, variantNames } from "./messages.ts";

test("a text is a string, values are references", () => {
  expect(compileMessage("Done.", "x")).toBe("Done.");
  expect(compileMessage("Ask {$callee}.", "x")).toEqual(["Ask ", { value: "callee" }, "."]);
  expect(compileMessage("a \\{b\\}", "x")).toBe("a {b}");
});

test("a plural becomes a selection whose number is formatted", () => {
  const source = ".input {$count :integer} .match $count one {{{$count} call}} * {{{$count} calls}}";
  const message = compileMessage(source, "x");
  expect(message).toEqual({
    select: [{ value: "count", by: "plural" }],
    variants: [
      { keys: ["one"], pattern: [{ value: "count", format: "integer" }, " call"] },
      { keys: ["*"], pattern: [{ value: "count", format: "integer" }, " calls"] },
    ],
  });
  expect(valueNames(message)).toEqual(["count"]);
  expect(plainText(message)).toBe("{count} call\n{count} calls");
});

test("what a message tells apart are its strings and its numbers, not the plurals of a language", () => {
  const source =
    ".input {$seen :string} .input {$n :integer} .match $seen $n yes 1 {{a}} yes one {{b}} begun * {{c}} * * {{d}}";
  expect(variantNames(compileMessage(source, "x"))).toEqual(["$seen yes", "$n 1", "$seen yes", "$seen begun"]);
});

test("what the runtime cannot do is refused and located", () => {
  expect(() => compileMessage("{$a :datetime}", "ui.json (x)")).toThrow("ui.json (x): function :datetime");
  expect(() => compileMessage("{broken", "x")).toThrow("x:");
  expect(() => compileMessage(".input {$n :integer} .match $n one {{a}}", "x")).toThrow("x:");
});
