import { describe, expect, test } from "vitest";
import { formatParts, formatText, missingValues } from "./format.ts";
import type { Message, Selection } from "./language.ts";

const calls = (locale: string, count: number): string =>
  formatText(
    {
      select: [{ value: "count", by: "plural" }],
      variants: [
        { keys: ["0"], pattern: "no calls" },
        { keys: ["one"], pattern: [{ value: "count", format: "integer" }, " call"] },
        { keys: ["few"], pattern: [{ value: "count", format: "integer" }, " few"] },
        { keys: ["*"], pattern: [{ value: "count", format: "integer" }, " calls"] },
      ],
    },
    { count },
    locale,
  );

describe("a message is formatted", () => {
  test("as it is when it has no values", () => {
    expect(formatText("Calls", {}, "en")).toBe("Calls");
  });

  test("with values kept apart from text, because values come from the input", () => {
    expect(formatParts(["Ask ", { value: "callee" }, "."], { callee: "bob" }, "en")).toEqual([
      { kind: "text", text: "Ask " },
      { kind: "value", text: "bob" },
      { kind: "text", text: "." },
    ]);
  });

  test("by the plural category of the language", () => {
    expect([calls("en", 1), calls("en", 2), calls("ru", 2), calls("ja", 1)]).toEqual([
      "1 call",
      "2 calls",
      "2 few",
      "1 calls",
    ]);
  });

  test("by the exact number before the category", () => {
    expect(calls("en", 0)).toBe("no calls");
  });

  test("with decimals as the language writes them, and whole numbers such as codes and ports as they are", () => {
    const message: Message = [{ value: "seconds" }, " ", { value: "port" }];
    expect(formatText(message, { seconds: 15.5, port: 5060 }, "de")).toBe("15,5 5060");
    expect(formatText(message, { seconds: 15.5, port: 5060 }, "en")).toBe("15.5 5060");
  });

  test("with the digits and grouping of the language only where it asks for them", () => {
    const message: Message = [{ value: "n", format: "integer" }, " ", { value: "n" }];
    expect(formatText(message, { n: 12345 }, "en")).toBe("12,345 12345");
    expect(formatText(message, { n: 12345 }, "de")).toBe("12.345 12345");
  });

  test("by exact strings, and by the rest when the value is missing", () => {
    const message: Selection = {
      select: [{ value: "side", by: "string" }],
      variants: [
        { keys: ["caller"], pattern: "beside the caller" },
        { keys: ["*"], pattern: "somewhere" },
      ],
    };
    expect(formatText(message, { side: "caller" }, "en")).toBe("beside the caller");
    expect(formatText(message, { side: "one" }, "en")).toBe("somewhere");
    expect(formatText(message, {}, "en")).toBe("somewhere");
  });
});

describe("a missing value", () => {
  test("shows its name, also when an object would inherit one", () => {
    expect(formatText(["Ask ", { value: "constructor" }], {}, "en")).toBe("Ask {constructor}");
  });

  test("is named, selectors included", () => {
    const message: Selection = {
      select: [{ value: "count", by: "plural" }],
      variants: [{ keys: ["*"], pattern: ["from ", { value: "caller" }, { value: "count" }] }],
    };
    expect(missingValues(message, { count: 1 })).toEqual(["caller"]);
    expect(missingValues(message, {})).toEqual(["count", "caller"]);
    expect(missingValues("text", {})).toEqual([]);
  });
});
