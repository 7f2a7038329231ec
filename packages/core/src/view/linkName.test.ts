import { expect, test } from "vitest";
import { interfaceText } from "../language/interfaceText.ts";
import { language as english } from "../language/languages/en.ts";
import { language as japanese } from "../language/languages/ja.ts";
import { linkName } from "./linkName.ts";

const inEnglish = (key: string): string => interfaceText(english, key);
const inJapanese = (key: string): string => interfaceText(japanese, key);

test("what ties two legs is a header field by its name, in every language the same", () => {
  expect(linkName("session-id", inEnglish)).toBe("Session-ID");
  expect(linkName("session-id", inJapanese)).toBe("Session-ID");
});

test("what ties two legs and is no header field is said in the reader's language", () => {
  expect(linkName("transfer", inEnglish)).toBe("transfer");
  expect(linkName("transfer", inJapanese)).toBe("転送");
  expect(linkName("sdp-origin", inEnglish)).toBe("the same SDP origin");
});

test("a kind that is not known is shown as it came, without what would act on a terminal", () => {
  expect(linkName("\u001b[31mnew", inEnglish)).not.toContain("\u001b");
});
