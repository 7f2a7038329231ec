import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { builtSite } from "./builtSite.ts";
import { browseSite, type ServedSite } from "./browser.ts";
import { pageTypes } from "./pageTypes.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** A machine may be busy with much else. */
const patience = 300_000;
vi.setConfig({ testTimeout: 3 * patience });
let site: ServedSite;
let browser: Browser;
const advice = browseSite((served, opened) => ([site, browser] = [served, opened]));

interface Visit {
  readonly page: Page;
  /** What the browser complained about: errors, and what a page was forbidden to do. */
  readonly complaints: readonly string[];
  /** Where anything was loaded from but this site. */
  readonly foreign: readonly string[];
}

async function visit(options: Parameters<Browser["newPage"]>[0], body: (visit: Visit) => Promise<void>): Promise<void> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(patience);
  const [complaints, foreign]: [string[], string[]] = [[], []];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => !request.url().startsWith(site.address) && foreign.push(request.url()));
  try {
    await body({ page, complaints, foreign });
  } finally {
    await page.close();
  }
}

const readers = [
  { tag: "en", word: "busy", heading: "486 Busy Here" },
  { tag: "ja", word: "話中", heading: "486 Busy Here" },
  { tag: "de", word: "besetzt", heading: "486 Busy Here" },
];

test.skipIf(advice !== undefined).for(readers)(
  "a newcomer who reads $tag finds a code by word, compares two codes, and comes back",
  ({ tag, word, heading }) =>
    visit({ locale: tag }, async ({ page, complaints, foreign }) => {
      await page.goto(`${site.address}/`);
      expect(new URL(page.url()).pathname).toBe(`/${tag}/`);
      await page.fill("#home-search", word);
      await page.press("#home-search", "Enter");
      await page.waitForURL(`**/${tag}/search/?q=*`);
      await page.locator(".terms a", { hasText: heading }).click();
      await page.waitForURL(`**/${tag}/codes/486/`);
      expect(await page.textContent("h1")).toBe(heading);
      await page.fill("#masthead-search", "502 202");
      await page.press("#masthead-search", "Enter");
      await page.waitForURL(`**/${tag}/compare/202-vs-502/`);
      expect(await page.locator("#differences tbody tr").count()).toBeGreaterThan(4);
      await page.goBack();
      await page.waitForURL(`**/${tag}/codes/486/`);
      expect([complaints, foreign]).toEqual([[], []]);
    }),
);

const colors = [
  { colorScheme: "light" },
  { colorScheme: "dark" },
  { colorScheme: "dark", forcedColors: "active" },
] as const;

test.skipIf(advice !== undefined)("no kind of page has a fault that axe knows, in whatever colours", async () => {
  for (const chosen of colors) {
    await visit(chosen, async ({ page }) => {
      for (const type of pageTypes) {
        await page.goto(`${site.address}/ja/${type === "" ? "" : `${type}/`}`);
        expect([type, chosen, await axeFaults(page)]).toEqual([type, chosen, []]);
      }
    });
  }
});

async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    const { violations } = await checker.run();
    return violations.map(({ id, impact, nodes }) => `${impact} ${id} ${nodes[0].html.slice(0, 120)}`);
  });
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

test.skipIf(advice !== undefined)("every kind of page fits a screen of 320 pixels, its drawings included", async () => {
  await visit({ viewport: { width: 320, height: 640 } }, async ({ page }) => {
    for (const type of pageTypes) {
      await page.goto(`${site.address}/de/${type === "" ? "" : `${type}/`}`);
      const beyond = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      await page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))");
      const cut = await page.evaluate(
        "[...document.querySelectorAll('.scroll, .on-phone, pre')].map((each) => each.scrollWidth - each.clientWidth).filter(Boolean)",
      );
      expect([type, beyond, cut]).toEqual([type, 0, []]);
    }
  });
});

test.skipIf(advice !== undefined)("a page of the reference can be read without a script", async () => {
  await visit({ javaScriptEnabled: false }, async ({ page, complaints }) => {
    await page.goto(`${site.address}/ja/codes/502/`);
    expect(await page.textContent("h1")).toBe("502 Bad Gateway");
    await page.click(".languages summary");
    await page.click(".languages a[hreflang=de]");
    await page.waitForURL("**/de/codes/502/");
    expect(complaints).toEqual([]);
  });
});

test.skipIf(advice !== undefined)("after one visit the reference and the search work without a network", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${site.address}/en/`);
  await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
  await context.setOffline(true);
  await page.goto(`${site.address}/en/codes/486/`);
  expect(await page.textContent("h1")).toBe("486 Busy Here");
  await page.goto(`${site.address}/en/search/?q=declined`);
  await page.locator(".terms a", { hasText: "603 Decline" }).waitFor();
  await context.close();
});

test.skipIf(advice !== undefined)(
  "without a network a page that is not kept is said not to be, in its language",
  async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    await page.goto(`${site.address}/en/`);
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
    // A second language, after the worker was installed: all its codes are kept as well.
    await page.goto(`${site.address}/de/`);
    const kept = (): Promise<boolean> =>
      page.evaluate(
        `caches.keys().then(([name]) => caches.open(name)).then((cache) => cache.match("/de/codes/606/")).then(Boolean)`,
      );
    await expect.poll(kept, { timeout: patience }).toBe(true);
    await context.setOffline(true);
    await page.goto(`${site.address}/de/codes/606/`);
    expect(await page.textContent("h1")).toBe("606 Not Acceptable");
    await page.goto(`${site.address}/de/codes/606`);
    expect(new URL(page.url()).pathname).toBe("/de/codes/606/");
    await page.goto(`${site.address}/de/compare/202-vs-502/`);
    expect(await page.textContent("h1")).toContain("Kein Netz");
    expect(await page.evaluate("document.documentElement.lang")).toBe("de");
    await page.locator("main ul a").first().click();
    await page.waitForURL("**/de/codes/");
    await page.goto(`${site.address}/ja/compare/202-vs-502/`);
    expect(await page.textContent("h1")).toMatch(/No network|Kein Netz/u);
    await context.setOffline(false);
    await page.locator("main a.action").click();
    expect(await page.textContent("h1")).toContain("202");
    await context.close();
  },
);

test.skipIf(advice !== undefined)("a page that does not exist is said not to, in its language, and leads on", () =>
  visit({}, async ({ page }) => {
    const answer = await page.goto(`${site.address}/de/codes/499/`);
    expect(answer?.status()).toBe(404);
    expect(await page.textContent("h1")).toContain("Diese Seite gibt es nicht");
    await page.click("main a.action");
    await page.locator("main h2", { hasText: "499" }).waitFor();
    await page.goto(`${site.address}/de/nothing/of/the/kind/`);
    expect(await page.locator("main a.action").count()).toBe(0);
  }),
);

const lost = [
  { path: "/de/codes/499/", reader: "ja", title: "Diese Seite gibt es nicht", search: "/de/search/?q=499" },
  { path: "/nothing", reader: "ja", title: "ページが見つからない", search: "/ja/search/" },
  { path: "/nothing", reader: "it", title: "There is no such page", search: "/en/search/" },
];

test.skipIf(advice !== undefined).for(lost)(
  "a file host says of $path to a reader of $reader that it does not exist",
  ({ path, reader, title, search }) =>
    visit({ locale: reader }, async ({ page }) => {
      const files = join(await builtSite(), "site");
      await page.route("https://host.test/**", (route) => {
        const file = join(files, new URL(route.request().url()).pathname);
        return route.fulfill({ path: /\.(?:js|css|svg|webmanifest)$/u.test(file) ? file : join(files, "404.html") });
      });
      await page.goto(`https://host.test${path}`);
      expect(await page.locator("main li strong:visible").first().innerText()).toBe(title);
      expect(await page.locator("main li:visible").count()).toBe(reader === "it" ? 8 : 1);
      const links = await page.evaluate(
        "[...document.querySelectorAll('li:not([hidden]) a.search')].map(({ href }) => href)",
      );
      expect(links).toContain(`https://host.test${search}`);
    }),
);

test.skipIf(advice !== undefined)("markup in what is searched for is text", async () => {
  await visit({}, async ({ page, complaints }) => {
    const hostile = `<img src=x onerror="document.title='taken'">\u202e`;
    await page.goto(`${site.address}/en/search/?q=${encodeURIComponent(hostile)}`);
    // The page as it came has samples and no query; the script puts the query there.
    await page.locator("main .samples").waitFor({ state: "detached" });
    await page.locator("main p").first().waitFor();
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.textContent("h1")).toContain("<img");
    expect(complaints).toEqual([]);
  });
});

const asked = [
  { query: "499", says: ["499: not a registered SIP response code", "treats it as 400 Bad Request"] },
  { query: "499 502", says: ["499: not a registered SIP response code", "502 Bad Gateway"] },
  { query: "477 480", says: ["477 Send failed", "480 Temporarily Unavailable"] },
  { query: "486 xyzzy", says: ["486 Busy Here"] },
  { query: "1000", says: ["1000 is no SIP response code: they have three digits, from 100 to 699."] },
  { query: "xyzzy", says: ["Nothing found for xyzzy."] },
];

test.skipIf(advice !== undefined).for(asked)("the search has an answer to $query", ({ query, says }) =>
  visit({}, async ({ page, complaints }) => {
    await page.goto(`${site.address}/en/search/?q=${encodeURIComponent(query)}`);
    for (const text of says) await page.locator("main", { hasText: text }).waitFor();
    expect((await page.locator("main").innerText()).includes("Nothing found")).toBe(query === "xyzzy");
    expect(await page.title()).toBe(`Search: ${query} · sipwhy`);
    expect(complaints).toEqual([]);
  }),
);

const noticed = [
  {
    tag: "en",
    query: "one way audio",
    symptom: "No audio, or audio one way only",
    honest: "it does not listen to what is in it",
    rule: "media-missing",
  },
  {
    tag: "ja",
    query: "電話が30秒で切れてしまいます",
    symptom: "通話が約30秒で切れる",
    honest: "ACK",
    rule: "ack-missing",
  },
  {
    tag: "de",
    query: "Telefon registriert sich nicht",
    symptom: "Das Telefon registriert sich nicht",
    honest: "REGISTER",
    rule: "credentials-rejected",
  },
];

test.skipIf(advice !== undefined).for(noticed)(
  "what somebody noticed ($query) leads to the rules that may say why",
  ({ tag, query, symptom, honest, rule }) =>
    visit({}, async ({ page, complaints }) => {
      await page.goto(`${site.address}/${tag}/search/?q=${encodeURIComponent(query)}`);
      const first = page.locator(".terms > li").first();
      await first.locator("a", { hasText: symptom }).waitFor();
      expect(await first.innerText()).toContain(honest);
      expect(await axeFaults(page)).toEqual([]);
      await first.locator(`a[href$="rules/${rule}/"]`).click();
      await page.waitForURL(`**/${tag}/rules/${rule}/`);
      await page.locator("aside a", { hasText: symptom }).click();
      await page.waitForURL(/\/symptoms\/#/u);
      expect(await page.locator(":target h2").textContent()).toBe(symptom);
      expect(complaints).toEqual([]);
    }),
);

test.skipIf(advice !== undefined).for(["202と502", "200 OK vs 202 Accepted", "502/202"])(
  "two codes are compared whatever stands between them: %s",
  (query) =>
    visit({}, async ({ page }) => {
      await page.goto(`${site.address}/ja/search/?q=${encodeURIComponent(query)}`);
      await expect.poll(() => page.url(), { timeout: patience }).toMatch(/\/ja\/compare\/20[02]-vs-[25]02\/$/u);
    }),
);
