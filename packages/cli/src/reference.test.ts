import { expect, test } from "vitest";
import { runReference } from "./reference.ts";

async function look(words: string, format: "text" | "json" | "markdown" = "text", languageTag = "en") {
  const written = { out: "", err: "" };
  const exitCode = await runReference(words.split(" "), {
    languageTag,
    format,
    width: 80,
    color: false,
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
  });
  return { ...written, exitCode };
}

test.each([
  "502",
  "202 502",
  "502 202",
  "q850 38",
  "warning 304",
  "reason Q.850",
  "codes",
  "codes 4xx",
  "search busy",
  "477",
  "499",
])("`sipwhy %s` answers in every format", async (words) => {
  for (const format of ["text", "json", "markdown"] as const) {
    const { out, err, exitCode } = await look(words, format);
    expect(out.length).toBeGreaterThan(100);
    expect(out.endsWith("\n")).toBe(true);
    expect({ err, exitCode }).toEqual({ err: "", exitCode: 0 });
  }
});

test("both orders of a pair are one answer", async () => {
  expect((await look("502 202")).out).toBe((await look("202 502")).out);
});

test("JSON holds the facts, the sentences and the date of the registry", async () => {
  const answer = JSON.parse((await look("502", "json")).out) as Record<string, unknown>;
  expect(answer).toMatchObject({ version: 1, kind: "code", language: "en", title: "502 Bad Gateway" });
  expect(answer.facts).toMatchObject({ code: 502, effect: { scope: "dialog" } });
  expect(answer.registryDate).toMatch(/^\d{4}-\d\d-\d\d$/u);
});

test.each([
  ["999", "999 is no SIP response code"],
  ["502 abc", "abc is no SIP response code"],
  ["486 486", "486 was given twice"],
  ["q850 200", "is no Q.850 cause"],
  ["q850 10", "Q.850 cause 10 is not assigned"],
  ["warning 1", "Warning 1 is not registered"],
  ["codes 9", "9 is no class"],
])("`sipwhy %s` is a clear error and exit code 2", async (words, message) => {
  const { out, err, exitCode } = await look(words);
  expect({ out, exitCode }).toEqual({ out: "", exitCode: 2 });
  expect(err).toContain(message);
});

test("what was searched for cannot act on the terminal", async () => {
  const { out } = await look("search \u001b[31mbusy");
  expect(out).not.toContain("\u001b");
});
