import { firefox } from "playwright-core";
import type { BrowserPeer } from "./browser.ts";
import type { Visitor } from "./visitor.ts";

export const firefoxPeer: BrowserPeer<Visitor> = { programs: ["firefox-esr"], open: openFirefox };

/** Firefox as Debian has it, by WebDriver BiDi. */
async function openFirefox(): Promise<Visitor> {
  // The channel says which protocol; no Firefox is patched for it.
  const browser = await firefox.launch({ channel: "moz-firefox", executablePath: "/usr/bin/firefox-esr" });
  const page = await browser.newPage({ locale: "en" });
  return {
    async open(url) {
      await page.goto(url);
    },
    ask: (expression) => page.evaluate(expression),
    press: (selector, key) => page.locator(selector).first().press(key),
    click: (selector) => page.locator(selector).first().click(),
    choose: (selector, files) => page.setInputFiles(selector, [...files]),
    close: () => browser.close(),
  };
}
