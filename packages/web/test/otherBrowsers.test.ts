import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { root } from "../../../test/sources.ts";
import { browseSiteWith, type ServedSite } from "./browser.ts";
import { busyCalls } from "./busyCalls.ts";
import { firefoxPeer } from "./firefox.ts";
import { until, type Visitor } from "./visitor.ts";
import { webKitPeer } from "./webKit.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const capture = (name: string): string => join(root, "fixtures", "captures", name);
const folder = mkdtempSync(join(tmpdir(), "sipwhy-browsers-"));
const [changing, many] = [join(folder, "changing.pcap"), join(folder, "many.pcap")];
/** One for each way in which pages are laid out. */
const kinds = ["", "codes/502", "compare", "compare/202-vs-502", "symptoms", "rules/ack-missing", "search", "offline"];
vi.setConfig({ testTimeout: 240_000 });

beforeAll(() => writeFileSync(many, busyCalls(40)));
afterAll(() => rmSync(folder, { recursive: true }));

/** Where they differ from Chromium, in which all else is tested. */
describe.each([
  { name: "Firefox", peer: firefoxPeer },
  { name: "Safari's engine", peer: webKitPeer },
])("$name", ({ peer }) => {
  let site: ServedSite;
  let visitor: Visitor;
  const advice = browseSiteWith(peer, (served, opened) => ([site, visitor] = [served, opened]));
  const browsed = (title: string, body: () => Promise<void>): void =>
    // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect -- both come from the caller
    test.skipIf(advice !== undefined)(title, body);

  async function open(path: string): Promise<void> {
    await visitor.open(`${site.address}/${path}`);
    await visitor.ask(`(() => {
      globalThis.complaints = [];
      for (const type of ["error", "unhandledrejection", "securitypolicyviolation"])
        addEventListener(type, (event) => complaints.push(type + " " + (event.message ?? event.reason ?? event.blockedURI)));
    })()`);
  }

  async function openAnalyzer(): Promise<void> {
    await open("en/analyze/");
    await until(visitor, "document.querySelector('[data-phase=idle]')");
  }

  async function explain(...files: readonly string[]): Promise<void> {
    await visitor.choose(".drop input", files);
    await until(visitor, "document.querySelector('[data-phase=done]')");
  }

  const texts = (selector: string): Promise<string[]> =>
    visitor.ask(`[...document.querySelectorAll(${JSON.stringify(selector)})].map(({ textContent }) => textContent)`);
  const focused = (): Promise<string> => visitor.ask("document.activeElement.textContent.trim()");

  async function expectNoFault(): Promise<void> {
    await visitor.ask(`(() => { ${axe} })()`);
    const faults = await visitor.ask(
      "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html.slice(0, 200)))",
    );
    expect(faults).toEqual([]);
    expect(await visitor.ask("complaints")).toEqual([]);
  }

  browsed("every layout of a page fits the window, and axe finds no fault in it", async () => {
    for (const kind of kinds) {
      await open(`ja/${kind === "" ? "" : `${kind}/`}`);
      expect(await visitor.ask("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await expectNoFault();
    }
  });

  browsed("a code is found by a word and the Enter key", async () => {
    await open("en/codes/502/");
    for (const key of [..."busy", "Enter"]) await visitor.press("#masthead-search", key);
    await until(visitor, "document.querySelector('.terms a')?.textContent === '486 Busy Here'");
  });

  browsed("a capture is explained, its ladder is walked with keys, and the proof is marked", async () => {
    await openAnalyzer();
    await explain(capture("g-502-q850-38.pcap"));
    expect((await texts("details.finding summary"))[0]).toContain(
      "The line or network behind the gateway is out of order",
    );
    await expectNoFault();
    await visitor.press(".all a", "Enter");
    await until(visitor, "document.querySelector('.picture svg')");
    expect(await texts(".picture text.label")).toContain("502 Bad Gateway");
    for (let step = 1; step <= 5; step++) await visitor.press(`.picture li:nth-child(${step}) button`, "ArrowDown");
    await visitor.press(".picture li:nth-child(6) button", "Enter");
    await until(visitor, "document.querySelector('.lines mark')");
    expect(await texts(".lines mark")).toEqual([
      "SIP/2.0 502 Bad Gateway",
      'Reason: Q.850;cause=38;text="Network out of order"',
    ]);
    await expectNoFault();
  });

  browsed("after a reload the same file can be chosen, and the call that was open opens", async () => {
    await openAnalyzer();
    await explain(capture("i-486.pcap"));
    await visitor.press(".all a", "Enter");
    await until(visitor, "document.querySelector('.picture svg')");
    await visitor.ask("setTimeout(() => location.reload())");
    await until(visitor, "document.querySelector('[data-phase=idle] .lost')");
    await explain(capture("i-486.pcap"));
    await until(visitor, "document.querySelector('.picture svg')");
  });

  browsed("a finding is copied, however long its text takes to be made", async () => {
    await openAnalyzer();
    await explain(capture("i-486.pcap"));
    await visitor.ask(`(() => {
      const { postMessage } = Worker.prototype;
      Worker.prototype.postMessage = function (...all) { setTimeout(() => postMessage.apply(this, all), 2000); };
    })()`);
    await visitor.click(".copy button");
    await until(visitor, "document.querySelector('.copy [role=status]').textContent !== ''");
    expect(await texts(".copy [role=status]")).toEqual(["Copied"]);
  });

  browsed("a file that was written anew after it was chosen is said to have changed", async () => {
    copyFileSync(capture("i-486.pcap"), changing);
    await openAnalyzer();
    await explain(changing);
    copyFileSync(capture("g-502-q850-38.pcap"), changing);
    await visitor.press(".all a", "Enter");
    await until(visitor, "document.querySelector('[role=alert]')");
    expect(await texts("[role=alert]")).toEqual([expect.stringMatching(/^changing\.pcap cannot be read/u)]);
  });

  browsed("a list that scrolls is one stop of the Tab key", async () => {
    await openAnalyzer();
    await explain(many);
    await visitor.press(".head .seconds button", "Tab");
    expect(await focused()).toBe("caller-0@example.com");
    await visitor.press(".all a[tabindex='0']", "Tab");
    expect(await focused()).toBe("HTML report");
  });
});
