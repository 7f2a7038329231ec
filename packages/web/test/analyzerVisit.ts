import type { Browser, Page } from "playwright-core";
import type { ServedSite } from "./browser.ts";

/** A page of its own with these captures explained; the browser's complaints are what it throws. */
export async function analyzerVisit(
  { browser, site }: { readonly browser: Browser; readonly site: ServedSite },
  captures: readonly string[],
  body: (page: Page) => Promise<void>,
  { tag = "en", ...options }: NonNullable<Parameters<Browser["newPage"]>[0]> & { readonly tag?: string } = {},
): Promise<void> {
  const page = await browser.newPage({ locale: tag, ...options });
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  try {
    await page.goto(`${site.address}/${tag}/analyze/`);
    await page.waitForSelector("[data-phase=idle]");
    await page.setInputFiles(".drop input", [...captures]);
    await page.waitForSelector("[data-phase=done]");
    await body(page);
    // That a page was not fetched is what some tests are about.
    const real = complaints.filter((text) => !text.startsWith("Failed to load resource"));
    if (real.length > 0) throw new Error(real.join("\n"));
  } finally {
    await page.close();
  }
}
