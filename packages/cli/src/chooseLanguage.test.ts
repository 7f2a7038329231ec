import { expect, test } from "vitest";
import { chooseLanguage, isSpoken } from "./chooseLanguage.ts";

const tagOf = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> =>
  (await chooseLanguage(args, env)).tag;

test("the flag chooses the language, before the environment", async () => {
  expect(await tagOf(["--lang", "en", "a.pcap"], { LC_ALL: "ja_JP.UTF-8" })).toBe("en");
  expect(await tagOf(["a.pcap", "--lang=en-GB"], {})).toBe("en");
});

test("a file called --lang is no flag", async () => {
  expect(await tagOf(["--", "--lang", "ja"], {})).toBe("en");
});

test("a language that is not spoken here, the C locale and nothing at all become English", async () => {
  expect(await tagOf(["--lang", "../../../etc"], {})).toBe("en");
  expect(await tagOf([], { LANG: "tlh" })).toBe("en");
  expect(await tagOf([], { LC_ALL: "C.UTF-8" })).toBe("en");
  expect(await tagOf([], { LC_ALL: "", LC_MESSAGES: "en_US.UTF-8" })).toBe("en");
});

test("a language is spoken in any region, and one without a tree is not", () => {
  expect([isSpoken("en"), isSpoken("en-AU"), isSpoken("tlh")]).toEqual([true, true, false]);
});
