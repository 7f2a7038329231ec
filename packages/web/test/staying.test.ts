import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect, test } from "vitest";
import { root } from "../../../test/sources.ts";
import { analyzerVisit } from "./analyzerVisit.ts";
import { browseSite, type ServedSite } from "./browser.ts";

const captures = ["g-502-q850-38.pcap", "h1-407-wrong-password-loop.pcap", "i-486.pcap"].map((name) =>
  join(root, "fixtures", "captures", name),
);
/** A machine may be busy with much else. */
const patience = 60_000;
let site: ServedSite;
let browser: Browser;
const advice = browseSite((served, opened) => ([site, browser] = [served, opened]));

/** A reader of the analyzer with captures; fails if the document was left, as what was read is lost with it. */
const stayed = (title: string, body: (page: Page) => Promise<void>): void =>
  // oxlint-disable-next-line vitest/valid-title -- the title comes from the caller
  test.skipIf(advice !== undefined)(title, { timeout: 240_000 }, () =>
    analyzerVisit(
      { browser, site },
      captures,
      async (page) => {
        await page.evaluate("globalThis.isTheSame = true");
        await body(page);
        expect(await page.evaluate("globalThis.isTheSame")).toBe(true);
      },
      // What a service worker fetches is not to be caught, and it may begin to at any time.
      { viewport: { width: 1000, height: 600 }, serviceWorkers: "block" },
    ),
  );

const heading = (page: Page, text: string): Promise<void> =>
  page.locator("h1:visible", { hasText: text }).first().waitFor();
const drop = (page: Page, name: string): Promise<void> =>
  page.evaluate(`
    const data = new DataTransfer();
    data.items.add(new File(["INVITE sip:1@example.test SIP/2.0"], ${JSON.stringify(name)}));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));`);
const path = (page: Page): string => new URL(page.url()).pathname;
const hasTheCaptures = (page: Page): Promise<void> => heading(page, "3 captures");

stayed("the page of a code is a page like any other, and the way back leads to the captures", async (page) => {
  await page.locator("details.finding a[href$='codes/502/']").first().click();
  await heading(page, "502 Bad Gateway");
  expect(path(page)).toBe("/en/codes/502/");
  expect(await page.title()).toContain("SIP 502 Bad Gateway");
  expect(await page.locator(".foot:visible").count()).toBe(1);
  expect(await page.locator("[data-phase]:visible").count()).toBe(0);
  expect(await page.evaluate("[scrollY, document.activeElement.tagName]")).toEqual([0, "H1"]);
  await page.goBack();
  await hasTheCaptures(page);
  expect(await page.title()).not.toContain("502");
  expect(await page.evaluate("document.activeElement.pathname")).toBe("/en/codes/502/");
  await page.goForward();
  await heading(page, "502 Bad Gateway");
  await page.goBack();
  await hasTheCaptures(page);
});

stayed("from a call through several pages and back, each is where it was left", async (page) => {
  await page.locator(".all a").first().click();
  await page.waitForSelector(".picture svg");
  await page.locator("details.finding:visible a[href*='rules/']").first().click();
  await page.locator("[data-phase]").waitFor({ state: "hidden" });
  await page.evaluate("scrollTo(0, 300)");
  await page.locator("main:visible a[href*='codes/502']").first().click();
  await heading(page, "502 Bad Gateway");
  await page.locator(".masthead:visible nav a").first().click();
  await page.waitForURL("**/en/codes/");
  await heading(page, "response codes");
  expect(await page.evaluate("getComputedStyle(document.querySelector('main')).maxInlineSize")).not.toBe("none");
  await page.goBack();
  await heading(page, "502 Bad Gateway");
  await page.goBack();
  await page.waitForURL("**/en/rules/*/");
  await expect.poll(() => page.evaluate("scrollY"), { timeout: patience }).toBeGreaterThan(200);
  await page.goBack();
  await page.waitForURL("**/analyze/#call-0");
  expect(await page.locator(".picture svg:visible").count()).toBe(1);
});

stayed(
  "the link to the analyzer leads to the captures, in the language of the page that it stands on",
  async (page) => {
    await page.locator("details.finding a[href$='codes/502/']").first().click();
    await heading(page, "502 Bad Gateway");
    await page.locator(".languages:visible summary").click();
    await page.locator(".languages:visible a[hreflang=ja]").click();
    await page.waitForURL("**/ja/codes/502/");
    await page.locator(".masthead:visible", { hasText: "用語" }).or(page.locator("html[lang=ja]")).first().waitFor();
    await page.locator(".masthead:visible nav a[href$='analyze/']").click();
    await page.waitForURL("**/ja/analyze/");
    await page
      .locator("details.finding:visible summary", { hasText: /[ぁ-ん]/u })
      .first()
      .waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("ja");
  },
);

stayed("the search keeps the captures, whatever it leads to", async (page) => {
  await page.fill("#masthead-search", "busy");
  await page.press("#masthead-search", "Enter");
  await page.waitForURL("**/en/search/?q=busy");
  await page.locator(".terms a:visible", { hasText: "486 Busy Here" }).first().click();
  await heading(page, "486 Busy Here");
  await page.fill("#masthead-search:visible", "gateway");
  await page.press("#masthead-search:visible", "Enter");
  await heading(page, "Search: gateway");
  await page.fill("#page-search", "487");
  await page.press("#page-search", "Enter");
  await heading(page, "487 Request Terminated");
  expect(path(page)).toBe("/en/codes/487/");
  await page.goBack();
  await heading(page, "Search: gateway");
  await page.goBack();
  await heading(page, "486 Busy Here");
  await page.goBack();
  await heading(page, "Search: busy");
  expect(await page.title()).toContain("Search: busy");
  await page.goBack();
  await hasTheCaptures(page);
});

stayed("the start page keeps the captures, and what is dropped beside a page is read instead of them", async (page) => {
  await page.locator("a.brand").click();
  await page.locator(".hero").waitFor();
  expect(path(page)).toBe("/en/");
  await page.locator("ul.grid a[href$='codes/486/']").first().click();
  await heading(page, "486 Busy Here");
  await page.locator(".masthead:visible nav a[href$='analyze/']").click();
  await hasTheCaptures(page);
  await page.locator("details.finding a[href$='codes/502/']").first().click();
  await heading(page, "502 Bad Gateway");
  await drop(page, "beside.txt");
  await heading(page, "beside.txt");
  expect(path(page)).toBe("/en/analyze/");
});

stayed("what is dropped is read once, and what is chosen after it stays", async (page) => {
  await drop(page, "dropped.txt");
  await heading(page, "dropped.txt");
  await page.getByRole("button", { name: "Read another capture" }).click();
  await page.setInputFiles(".drop input", captures);
  await hasTheCaptures(page);
  await page.fill("#masthead-search", "busy");
  await page.press("#masthead-search", "Enter");
  await heading(page, "Search: busy");
  await page.goBack();
  await hasTheCaptures(page);
  await page.goForward();
  await heading(page, "Search: busy");
  await drop(page, "dropped-on-search.txt");
  await heading(page, "dropped-on-search.txt");
});

stayed("a place on a page is gone to, and what is not of the site opens beside it", async (page) => {
  await page.locator(".foot a[href$='rules/']").click();
  await page.locator("main:visible a[href$='rules/address-rewritten/']").click();
  const symptom = page.locator("aside:visible a[href*='symptoms/#']").first();
  const name = await symptom.innerText();
  await symptom.click();
  await page.waitForURL(/symptoms\/#/u);
  await expect.poll(() => page.evaluate("document.activeElement.id"), { timeout: patience }).not.toBe("");
  expect(await page.evaluate("document.activeElement.textContent")).toContain(name);
  for (let back = 0; back < 3; back++) await page.goBack();
  await hasTheCaptures(page);
  const citation = page.locator("details.finding a[href*='rfc-editor']").first();
  await page.context().route("https://www.rfc-editor.org/**", (route) => route.fulfill({ body: "an RFC" }));
  const [beside] = await Promise.all([page.context().waitForEvent("page"), citation.click()]);
  expect(beside.url()).toContain("rfc-editor");
  await beside.close();
  await hasTheCaptures(page);
});

stayed("a page that cannot be fetched is said not to be there, and the captures are", async (page) => {
  await page.route("**/en/codes/502/", (route) => route.abort());
  await page.locator("details.finding a[href$='codes/502/']").first().click();
  await heading(page, "No network");
  await page.unroute("**/en/codes/502/");
  await page.locator("main:visible a.action").click();
  await heading(page, "502 Bad Gateway");
  await page.goBack();
  await hasTheCaptures(page);
});

test.skipIf(advice !== undefined)(
  "without captures pages are documents of their own",
  { timeout: 120_000 },
  async () => {
    const page = await browser.newPage();
    await page.goto(`${site.address}/en/analyze/`);
    await page.waitForSelector("[data-phase=idle]");
    await page.evaluate("globalThis.isTheSame = true");
    await page.locator(".masthead nav a").first().click();
    await page.waitForURL("**/en/codes/");
    await heading(page, "response codes");
    expect(await page.evaluate("globalThis.isTheSame")).toBeUndefined();
    await page.close();
  },
);
