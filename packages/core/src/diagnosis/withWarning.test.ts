import { expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { Analysis } from "./analysis.ts";
import { traffic } from "./traffic.fixture.ts";

function shownFor(fields: string, status = "403 Forbidden"): readonly string[] {
  const analysis = new Analysis({ names: [""], language });
  for (const packet of traffic(`10.0.0.1:5060 > 10.0.0.2:5060 at 0
REGISTER sip:example.com SIP/2.0

10.0.0.2:5060 > 10.0.0.1:5060 at 0.1
SIP/2.0 ${status}
${fields}`))
    analysis.pushPacket(packet);
  const [finding] = analysis.finish().calls[0].findings;
  return finding.evidence.map(({ quote }) => quote);
}

test("a refusal is shown with the warning that it carries", () => {
  const words = 'Warning: 399 example.com "Too many contacts"';
  expect(shownFor(words)).toContain(words);
  expect(shownFor("")).toHaveLength(shownFor(words).length - 1);
});

test("a warning that a rule shows itself is shown once", () => {
  const words = 'Warning: 380 example.com "SIPS Not Allowed"';
  expect(shownFor(words, "480 Temporarily Unavailable").filter((shown) => shown === words)).toHaveLength(1);
});
