import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pcapBytes } from "../../../test/hostile/pcapBytes.ts";
import { traffic } from "../../core/src/diagnosis/traffic.fixture.ts";
import { analyzerVisit } from "./analyzerVisit.ts";
import { browseSite, type ServedSite } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-directions-"));
const capture = join(folder, "names.pcap");
let site: ServedSite;
let browser: Browser;
const advice = browseSite((served, opened) => ([site, browser] = [served, opened]));

beforeAll(() => writeFileSync(capture, pcapBytes(sent)));
afterAll(() => rmSync(folder, { recursive: true }));

const [caller, callee] = ["محمد@مثال", "שלום@שלום"];
const sent = traffic(`
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:1@example.com SIP/2.0
From: <sip:${caller}>;tag=1
To: <sip:${callee}>
Call-ID: ${"long".repeat(200)}

10.0.0.2:5060 > 10.0.0.1:5060 at 0.2
SIP/2.0 486 مشغول الآن
From: <sip:${caller}>;tag=1
To: <sip:${callee}>;tag=2
`);

test.skipIf(advice !== undefined)(
  "who called whom stands in this order, in whatever direction their names are written",
  { timeout: 240_000 },
  () =>
    analyzerVisit({ browser, site }, [capture], async (page) => {
      /** Where pieces of a text begin, from the left. */
      const leftOf = (selector: string, ...pieces: readonly string[]): Promise<number[]> =>
        page.evaluate(`${JSON.stringify(pieces)}.map((piece) => {
          const walker = document.createTreeWalker(document.querySelector(${JSON.stringify(selector)}), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const at = node.textContent.indexOf(piece);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + piece.length);
            return range.getBoundingClientRect().left;
          }
          return -1;
        })`);
      const inOrder = async (selector: string, ...pieces: readonly string[]): Promise<void> => {
        await page.locator(selector).first().waitFor();
        const lefts = await leftOf(selector, ...pieces);
        expect([selector, lefts.filter((left) => left >= 0).length]).toEqual([selector, pieces.length]);
        expect([selector, lefts]).toEqual([selector, lefts.toSorted((a, b) => a - b)]);
      };
      await inOrder("details.finding .calls a", caller, "→", callee);
      await page.locator(".all a").first().click();
      await page.waitForSelector(".picture svg");
      await inOrder(".parties", caller, "→", callee);
      expect(await page.locator(".parties").innerText()).toBe(`${caller}\u00a0→ ${callee}`);
      // The link beside a quote is not drawn into its words.
      const proof = page.locator("details.finding:visible .proof li:last-child");
      const [link, quote] = await Promise.all([proof.locator("a").boundingBox(), proof.locator("code").boundingBox()]);
      expect(link!.x).toBeGreaterThanOrEqual(quote!.x + quote!.width);
    }),
);

test.skipIf(advice !== undefined)("what is cut says that it is", { timeout: 240_000 }, () =>
  analyzerVisit({ browser, site }, [capture], async (page) => {
    await page.locator(".all a").first().click();
    await page.waitForSelector(".picture svg");
    expect(await page.locator(".ids li").first().innerText()).toMatch(/^Call-ID: [long]+…$/u);
  }),
);
