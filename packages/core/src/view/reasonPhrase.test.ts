import { expect, test } from "vitest";
import { namedCode, reasonPhrase } from "./reasonPhrase.ts";

test("a registered code has its phrase, another only its number", () => {
  expect([namedCode(502), namedCode(477), reasonPhrase(477)]).toEqual(["502 Bad Gateway", "477", undefined]);
});
