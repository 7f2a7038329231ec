import { expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { htmlView } from "./html.ts";
import { ladderSteps } from "./ladderList.ts";
import { ladderSvg } from "./ladderSvg.ts";
import { markdownView } from "./markdown.ts";
import { answeredCall, failedCall, messages, reportOf } from "./report.fixture.ts";
import { textView } from "./text.ts";

const untimed = {
  ...failedCall,
  untimed: true,
  startTime: "1970-01-01T00:00:00.001000Z",
  durationSeconds: 0.007,
  messages: messages.map((message) => ({ ...message, untimed: true })),
};
const report = reportOf([untimed, { ...answeredCall, id: "2" }]);
const options = { language, ladder: true, call: "1" };

test("a call without times has neither start nor duration in any view", () => {
  for (const view of [textView, markdownView, htmlView]) {
    const told = view(report, { language });
    expect(told).not.toMatch(/00:00:00|0\.007/u);
    expect(told).toContain("? s");
    expect(told).toContain("312 s");
  }
});

test("the ladder of a call without times has no offsets and no silences, and all of its messages", () => {
  const drawn = [textView(report, options), ladderSvg(untimed, { language }), ...ladderSteps(untimed, { language })];
  const text = drawn.join("\n");
  expect(text).toContain("INVITE");
  expect(text).not.toMatch(/\+\d+\.\d{3}|NaN|pass/u);
});

test("the ladder of a call of which one message has no time has the offsets of the others", () => {
  const mixed = { ...untimed, messages: messages.map((message, index) => ({ ...message, untimed: index === 1 })) };
  const steps = ladderSteps(mixed, { language });
  expect(steps.filter((step) => step.startsWith("+"))).toHaveLength(steps.length - 1);
});
