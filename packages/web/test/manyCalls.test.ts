import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyzerVisit } from "./analyzerVisit.ts";
import { browseSite, type ServedSite } from "./browser.ts";
import { busyCalls } from "./busyCalls.ts";

const count = 1000;
/** A machine may be busy with much else. */
const patience = 60_000;
const folder = mkdtempSync(join(tmpdir(), "sipwhy-many-"));
const capture = join(folder, "many.pcap");
let site: ServedSite;
let browser: Browser;
const advice = browseSite((served, opened) => ([site, browser] = [served, opened]));

beforeAll(() => writeFileSync(capture, busyCalls(count)));
afterAll(() => rmSync(folder, { recursive: true }));

const listed = (title: string, body: (page: Page) => Promise<void>): void =>
  // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect -- both come from the caller
  test.skipIf(advice !== undefined)(title, { timeout: 240_000 }, () =>
    analyzerVisit({ browser, site }, [capture], body, { viewport: { width: 1000, height: 700 } }),
  );

const focused = (page: Page): Promise<string> => page.evaluate("document.activeElement.innerText");

listed("a list of a thousand calls is one stop of the Tab key, and arrow keys go through it", async (page) => {
  await page.getByRole("button", { name: "Duration" }).focus();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("caller-0@example.com");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("caller-1@example.com");
  await page.keyboard.press("End");
  await expect.poll(() => focused(page), { timeout: patience }).toBe("caller-999@example.com");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("PageUp");
  await expect.poll(() => focused(page), { timeout: patience }).toBe("caller-989@example.com");
  const inSight = `(() => { const [a, b] = [document.activeElement, document.querySelector(".window")].map((each) => each.getBoundingClientRect()); return a.top >= b.top && a.bottom <= b.bottom; })()`;
  expect(await page.evaluate(inSight)).toBe(true);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("HTML report");
  await page.keyboard.press("Shift+Tab");
  expect(await focused(page)).toBe("caller-989@example.com");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".picture svg");
  await page.goBack();
  await expect.poll(() => focused(page), { timeout: patience }).toBe("caller-989@example.com");
  await page.keyboard.press("Home");
  await expect.poll(() => focused(page), { timeout: patience }).toBe("caller-0@example.com");
});

listed("what was scrolled to with a mouse is where the Tab key enters the list", async (page) => {
  await page.evaluate("document.querySelector('.window').scrollTop = 36 * 500");
  await page.locator(".all a", { hasText: "caller-500@" }).waitFor();
  await page.getByRole("button", { name: "Duration" }).focus();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("caller-500@example.com");
  await page.fill(".fields input[type=search]", "caller-7");
  await page.locator(".all a", { hasText: "caller-7@" }).waitFor();
  await page.getByRole("button", { name: "Duration" }).focus();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("caller-7@example.com");
});

listed("on paper are all calls that are shown, and not those in sight alone", async (page) => {
  const rows = page.locator(".all .row");
  expect(await rows.count()).toBeLessThan(60);
  await page.emulateMedia({ media: "print" });
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await rows.count()).toBe(count);
  const height = await page.evaluate("document.querySelector('.window').getBoundingClientRect().height");
  expect(height).toBeGreaterThan(count * 20);
  const apart = `(() => { const [a, b] = [document.querySelector(".window"), document.querySelector(".all").lastElementChild].map((each) => each.getBoundingClientRect().bottom); return Math.round(a - b); })()`;
  expect(await page.evaluate(apart)).toBe(0);
  expect(
    await page.evaluate(
      `[...document.querySelectorAll(".all .row > span")].filter((each) => each.scrollWidth > each.clientWidth).length`,
    ),
  ).toBe(0);
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await rows.count()).toBeLessThan(60);
});
