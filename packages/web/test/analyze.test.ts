import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { pcapBytes } from "../../../test/hostile/pcapBytes.ts";
import { poisoned, places } from "../../../test/hostile/poison.ts";
import { peer } from "../../../test/peers.ts";
import { root } from "../../../test/sources.ts";
import { traffic } from "../../core/src/diagnosis/traffic.fixture.ts";
import { makeCapture } from "../../../tools/bench/makeCapture.ts";
import { browseSite, type ServedSite } from "./browser.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const captures = join(root, "fixtures", "captures");
const folder = mkdtempSync(join(tmpdir(), "sipwhy-analyze-"));
let site: ServedSite;
let browser: Browser;
const advice = browseSite((served, opened) => ([site, browser] = [served, opened]));

afterAll(() => rmSync(folder, { recursive: true }));

interface Visit {
  readonly page: Page;
  /** What the browser complained about: errors, and what a page was forbidden to do. */
  readonly complaints: readonly string[];
  /** Every request after the captures were given, by address. */
  readonly requests: string[];
}

const analyzed = (
  title: string,
  body: (visit: Visit) => Promise<void>,
  options: Parameters<Browser["newPage"]>[0] = {},
): void =>
  // oxlint-disable-next-line vitest/valid-title -- the title comes from the caller
  test.skipIf(advice !== undefined)(title, { timeout: 240_000 }, async () => {
    const page = await browser.newPage({ locale: "en", ...options });
    page.setDefaultTimeout(60_000);
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    try {
      await body({ page, complaints, requests });
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(site.address) && !url.startsWith("blob:"))).toEqual([]);
    } finally {
      await page.close();
    }
  });

async function open(page: Page, tag: string = "en"): Promise<void> {
  await page.goto(`${site.address}/${tag}/analyze/`);
  await page.waitForSelector("[data-phase=idle]");
}

async function give(page: Page, ...files: readonly string[]): Promise<void> {
  await page.setInputFiles(".drop input", [...files]);
  await page.waitForSelector("[data-phase=done]");
}

const capture = (name: string): string => join(captures, name);

const readers = [
  { tag: "en", sample: "Try a sample", title: "The line or network behind the gateway is out of order" },
  { tag: "ja", sample: "サンプルで試す", title: "" },
  { tag: "de", sample: "Beispiel ansehen", title: "" },
];

for (const { tag, sample, title } of readers) {
  analyzed(
    `a newcomer who reads ${tag} comes from the start page to a finding, its proof and the page of the code`,
    async ({ page }) => {
      await page.goto(`${site.address}/${tag}/`);
      await page.locator(`main a[href$="analyze/"]`).first().click();
      await page.getByRole("button", { name: sample }).click();
      await page.waitForSelector("[data-phase=done]");
      const first = page.locator("details.finding").first();
      expect(await first.locator("summary").innerText()).toContain("502 Bad Gateway");
      if (title !== "") expect(await first.locator("summary").innerText()).toContain(title);
      expect(await first.locator(".proof").innerText()).toContain('Reason: Q.850;cause=38;text="Network out of order"');
      const hrefs = await first.locator("a").evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""));
      const links = hrefs.map((href) => new URL(href, page.url()).pathname);
      expect(links).toEqual(
        expect.arrayContaining([
          `/${tag}/codes/502/`,
          `/${tag}/q850/38/`,
          `/${tag}/rules/gateway-destination-out-of-order/`,
        ]),
      );
      await first.locator(".calls a").click();
      await page.getByRole("button", { name: /6/u }).first().click();
      await page.waitForSelector(".lines mark");
      expect(await page.locator(".lines mark").allInnerTexts()).toEqual([
        "SIP/2.0 502 Bad Gateway",
        'Reason: Q.850;cause=38;text="Network out of order"',
      ]);
    },
  );
}

analyzed("a file that is dropped on the page is explained, and one on the start page as well", async ({ page }) => {
  const bytes = [...readFileSync(capture("i-486.pcap"))];
  const drop = (): Promise<unknown> =>
    page.evaluate(`
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(${JSON.stringify(bytes)})], "dropped.pcap"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));`);
  await open(page);
  await drop();
  await page.waitForSelector("[data-phase=done]");
  expect(await page.locator("h1").first().innerText()).toBe("dropped.pcap");
  await page.goto(`${site.address}/en/`);
  await page.waitForLoadState("networkidle");
  await drop();
  await page.waitForSelector("[data-phase=done]");
  expect(await page.locator("details.finding summary").first().innerText()).toContain("486 Busy Here");
});

analyzed("a trace that is pasted is explained", async ({ page }) => {
  await open(page);
  await page.fill("#pasted", readFileSync(join(root, "fixtures/traces/sngrep.txt"), "utf8"));
  await page.getByRole("button", { name: "Explain it" }).click();
  await page.waitForSelector("[data-phase=done]");
  expect(await page.locator("details.finding summary").first().innerText()).toContain("486 Busy Here");
});

analyzed("what a log says between its messages stands in the ladder of the call", async ({ page }) => {
  await open(page);
  await give(page, join(root, "fixtures/traces/kamailio-xlog.txt"));
  await page.locator(".all a").first().click();
  await page.waitForSelector(".picture svg");
  const said = await page.locator(".picture .said").allInnerTexts();
  expect(said.length).toBeGreaterThan(0);
  expect(await page.locator(".picture svg text.line").count()).toBe(said.length);
  expect(await page.locator(".picture li").first().locator("button").count()).toBe(1);
});

/** Only `packed` needs a program: the browser unpacks by itself. */
const withZstd = peer("zstd");
let packed = "";
withZstd("a capture is packed with zstd", (run) => {
  packed = join(folder, "i-486.pcap.zst");
  run(["-q", "-o", packed, capture("i-486.pcap")]);
});

analyzed(
  "a capture that is packed with zstd is unpacked and explained, and its calls are read again",
  async ({ page }) => {
    if (packed === "") return;
    await open(page);
    await give(page, packed);
    expect(await page.locator("details.finding summary").first().innerText()).toContain("486 Busy Here");
    await page.locator(".all a").first().click();
    await page.waitForSelector(".picture svg");
    expect(await page.locator(".picture li button").count()).toBeGreaterThan(4);
  },
);

analyzed("SIP over TLS is read with the key log that is given, and only with it", async ({ page }) => {
  const closed = join(root, "fixtures/tls/kamailio-node-tls13.pcap");
  await open(page);
  await give(page, closed);
  const calls = page.locator(".all .row");
  expect(await calls.count()).toBe(0);
  await open(page);
  await page.locator("details.secrets summary").click();
  await page.setInputFiles(".secrets input", closed.replace(/pcap$/u, "keys"));
  expect(await page.locator(".secrets .kept").innerText()).toBe("kamailio-node-tls13.keys");
  await give(page, closed);
  expect(await calls.count()).toBeGreaterThan(0);
  await page.locator(".all a").first().click();
  await page.locator(".picture li button").first().click();
  await page.waitForSelector(".lines");
  expect(await page.locator(".message").innerText()).toContain("TLS");
});

const unread: readonly { readonly name: string; readonly bytes: Uint8Array; readonly said: string }[] = [
  {
    name: "photo.bin",
    bytes: Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) & 255)),
    said: "This is neither a capture nor a log with whole SIP messages.",
  },
  {
    name: "list.txt",
    bytes: Buffer.from(
      "    1   0.000000    10.9.0.10 → 10.9.0.20    SIP/SDP 734 Request: INVITE sip:1002@example.test |\n".repeat(3),
    ),
    said: "It lists packets without what is in them.",
  },
  { name: "nothing.pcap", bytes: Buffer.alloc(0), said: "This file is empty." },
  { name: "calls.7z", bytes: Buffer.from("377abcaf271c0004" + "00".repeat(200), "hex"), said: "does not unpack" },
];

for (const { name, bytes, said } of unread) {
  analyzed(`why ${name} cannot be read is said, and nothing is offered of it`, async ({ page }) => {
    await open(page);
    const path = join(folder, name);
    writeFileSync(path, bytes);
    await give(page, path);
    const text = await page.locator("main").innerText();
    expect(text).toContain(said);
    expect(text).not.toContain("`");
    expect(text).not.toMatch(/Look at what was captured|Take it along/u);
  });
}

analyzed("a file that was written to after it was chosen is said to have changed", async ({ page }) => {
  const path = join(folder, "growing.pcap");
  copyFileSync(capture("i-486.pcap"), path);
  await open(page);
  await give(page, path);
  appendFileSync(path, Buffer.alloc(100));
  await page.locator(".all a").first().click();
  expect(await page.getByRole("alert").innerText()).toMatch(/^growing\.pcap cannot be read: it was changed/u);
});

analyzed("UTC stands where a capture says so, and not beside the times of a log without a zone", async ({ page }) => {
  const headings = async (): Promise<string> =>
    [
      await page.locator(".head .start").innerText(),
      ...(await page.locator(".fields label:has([type=time])").allInnerTexts()),
    ].join();
  await open(page);
  await give(page, capture("i-486.pcap"));
  expect(await headings()).toBe("Start (UTC) ↑,From (UTC),Until (UTC)");
  await page.locator(".all a").first().click();
  await page.getByText(/^2026-11-22 07:06:\d\d\.\d{3} UTC$/u).waitFor();
  await open(page);
  await give(page, join(root, "fixtures/traces/asterisk-pjsip-logger.txt"));
  expect(await headings()).toBe("Start ↑,From (time),Until (time)");
  await page.locator(".all a").first().click();
  await page.getByText(/^11-22 07:06:44\.000$/u).waitFor();
});

const all = [
  "g-502-q850-38.pcap",
  "h1-407-wrong-password-loop.pcap",
  "i-486.pcap",
  "p-baresip-register-call-rtp.pcap",
].map(capture);

analyzed("calls are filtered by outcome, code, number, kind and time, and sorted", async ({ page }) => {
  await open(page);
  await give(page, ...all);
  const rows = page.locator(".all .row");
  const count = await rows.count();
  expect(count).toBeGreaterThan(3);
  await page.locator(".chip", { hasText: "failed" }).click();
  expect(await rows.count()).toBe(2);
  await page.selectOption(".fields select >> nth=0", "407");
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining("407")]);
  await page.selectOption(".fields select >> nth=0", "");
  await page.locator(".chip", { hasText: "failed" }).click();
  await page.fill(".fields input[type=search]", "AUTH1002");
  expect(await rows.count()).toBe(1);
  // A Call-ID as tickets have it; a piece of one is a number like any other.
  await page.fill(".fields input[type=search]", "Call-ID: 1-32295@10.9.0.10");
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining("502")]);
  await page.fill(".fields input[type=search]", "1-32295@");
  expect(await rows.count()).toBe(1);
  await page.fill(".fields input[type=search]", "1-322");
  expect(await rows.count()).toBe(0);
  await page.fill(".fields input[type=search]", "");
  await page.locator("input[type=time]").first().fill("07:06:00");
  await page.locator("input[type=time]").last().fill("07:06:59");
  expect(await rows.allInnerTexts()).toEqual([expect.stringContaining("486")]);
  await page.locator("input[type=time]").first().fill("");
  await page.locator("input[type=time]").last().fill("");
  await page.getByRole("button", { name: "Code" }).click();
  const codes = (await page.locator(".all .status").allInnerTexts()).filter((code) => code !== "").map(Number);
  expect(codes).toEqual(codes.toSorted((a, b) => a - b));
  expect(await page.getByRole("columnheader", { name: "Code" }).getAttribute("aria-sort")).toBe("ascending");
});

analyzed("a list is called by what is in it, and so is what a failure is seen in", async ({ page }) => {
  const heading = (): Promise<string> => page.locator("#calls").innerText();
  await open(page);
  await give(page, capture("i-486.pcap"));
  expect(await heading()).toBe("Calls");
  await open(page);
  await give(page, capture("h2-401-register-wrong-password-baresip.pcap"));
  expect(await heading()).toBe("Registrations");
  await open(page);
  await give(page, capture("p-baresip-register-call-rtp.pcap"));
  expect(await heading()).toBe("Calls and other exchanges");
  expect(await page.getByRole("table").getAttribute("aria-label")).toBe("Calls and other exchanges");
});

analyzed("the heading of a column and the words of a row stay apart and are not cut", async ({ page }) => {
  const cut = (): Promise<string[]> =>
    page
      .locator(".head .row > span, .all .outcome:not(:has(.quiet))")
      .evaluateAll((cells) =>
        cells.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.outerHTML),
      );
  for (const width of [320, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await open(page, "de");
    await give(page, ...all, capture("h2-401-register-wrong-password-baresip.pcap"));
    expect(await cut(), String(width)).toEqual([]);
    expect(await page.locator(".all .outcome", { hasText: "Registrierung" }).first().innerText()).toContain(
      " Registrierung",
    );
  }
});

analyzed(
  "the keyboard goes on where something was found, and at the row of the call that was left",
  async ({ page }) => {
    const focused = (): Promise<string> =>
      page.evaluate("document.activeElement.innerText + document.activeElement.hash");
    await open(page);
    await page.locator(".drop input").focus();
    await give(page, ...all);
    expect(await focused()).toContain("4 captures");
    const row = page.locator(".all a").nth(2);
    const hash = (await row.getAttribute("href")) ?? "none";
    await row.focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".picture svg");
    await page.goBack();
    await expect.poll(focused).toContain(hash);
  },
);

analyzed("what was found is printed, and nothing that can only be pressed", async ({ page }) => {
  await open(page);
  await give(page, capture("i-486.pcap"));
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("details.finding").first().innerText()).toContain("that it is busy");
  expect(await page.locator(".analyze :is(input, select, .button):visible").count()).toBe(0);
});

analyzed("on paper a ladder is as wide as there is room, and a message is whole", async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 300 });
  await open(page);
  await give(page, capture("g-502-q850-38.pcap"));
  await page.locator(".all a").first().click();
  await page.locator(".picture li button").first().click();
  await page.waitForSelector(".lines");
  await page.emulateMedia({ media: "print" });
  const cut = await page.evaluate(`(() => {
    document.querySelector(".room").style.inlineSize = "400px";
    const ladder = document.querySelector(".picture svg").getBoundingClientRect();
    const message = document.querySelector(".message");
    return [ladder.width <= 400 && ladder.width > 300, message.scrollHeight - message.clientHeight];
  })()`);
  expect(cut).toEqual([true, 0]);
});

analyzed("the ladder is walked with arrow keys, Enter opens, and it reads as a list", async ({ page }) => {
  await open(page);
  await give(page, capture("g-502-q850-38.pcap"));
  await page.locator(".all a").first().click();
  const steps = page.locator(".picture li button");
  await steps.first().focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".lines mark");
  expect(await steps.nth(5).getAttribute("aria-current")).toBe("true");
  expect(await steps.nth(5).getAttribute("aria-label")).toContain(
    "frame 6, 502 Bad Gateway from 10.9.0.30:5060 to 10.9.0.21:5060, ● Proof: certain",
  );
  expect(page.url()).toMatch(/#call-0-5$/u);
});

analyzed(
  "with forced colours the ladder has them, and what is chosen can be told from what is not",
  async ({ page }) => {
    const style = (selector: string, at: number, property: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelectorAll("${selector}")[${at}]).${property}`);
    await open(page);
    await give(page, ...all);
    await page.locator(".chip").first().click();
    expect(await style(".chip", 0, "backgroundColor")).not.toBe(await style(".chip", 1, "backgroundColor"));
    await page.locator(".chip").first().click();
    await page.locator(".all a").first().click();
    await page.locator(".picture li button").first().click();
    await page.waitForSelector(".lines");
    expect(await style(".picture li button", 0, "borderTopStyle")).toBe("solid");
    expect(await style(".picture li button", 1, "borderTopStyle")).toBe("none");
    expect(await style(".picture li button", 0, "backgroundColor")).toMatch(/, 0\)$/u);
    expect(await style(".picture text.label", 0, "fill")).toBe(await style("body", 0, "color"));
  },
  { forcedColors: "active", colorScheme: "light" },
);

analyzed("a ladder of four elements fits a screen of 320 pixels, and its words are all there", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  await give(page, capture("g-502-q850-38.pcap"));
  await page.locator(".all a").first().click();
  await page.waitForSelector(".picture svg");
  const ladder = page.locator(".ladder .scroll");
  const beyond = await ladder.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
    scrollWidth - clientWidth,
    scrollHeight - clientHeight,
  ]);
  expect(beyond).toEqual([0, 0]);
  expect(await page.locator(".picture text.label").allTextContents()).toContain("502 Bad Gateway");
});

analyzed("two messages stand side by side with what differs", async ({ page }) => {
  await open(page);
  await give(page, capture("g-502-q850-38.pcap"));
  await page.goto(`${page.url()}#call-0-0`);
  await page.selectOption(".message select", "2");
  await page.waitForSelector(".message tbody tr");
  const different = await page.locator("tr.different").allInnerTexts();
  expect(different.join("\n")).toContain("Max-Forwards: 70");
  expect(different.join("\n")).not.toContain("CSeq: 1 INVITE");
  await page.getByLabel("Only what differs").check();
  expect(await page.locator(".message tbody tr").count()).toBe(different.length);
});

analyzed("after a reload the call that was open opens again once the same captures are chosen", async ({ page }) => {
  await open(page);
  await give(page, ...all);
  await page.locator(".all a").nth(2).click();
  await page.locator(".picture li button").nth(1).click();
  await page.waitForSelector(".lines");
  const heading = await page.locator("h1:visible").innerText();
  const { hash } = new URL(page.url());
  await page.reload();
  await page.waitForSelector("[data-phase=idle]");
  expect(await page.locator("main [role=status]").innerText()).toContain("choose the same file here");
  await give(page, ...all);
  await page.waitForSelector(".lines");
  expect(await page.locator("h1:visible").innerText()).toBe(heading);
  expect(new URL(page.url()).hash).toBe(hash);
  await page.reload();
  await page.waitForSelector("[data-phase=idle]");
  await give(page, capture("i-486.pcap"));
  expect(await page.locator("h1:visible").innerText()).toBe("i-486.pcap");
  expect(new URL(page.url()).hash).toBe("");
});

analyzed("an address of other captures that were read before leads to no call of these", async ({ page }) => {
  await open(page);
  await give(page, capture("g-502-q850-38.pcap"));
  await page.locator(".all a").first().click();
  await page.locator(".picture").waitFor();
  await page.locator("a[href='#overview']").click();
  await page.getByRole("button", { name: "Read another capture" }).press("Enter");
  await expect.poll(() => page.evaluate("document.activeElement.type")).toBe("file");
  await give(page, capture("i-486.pcap"));
  await page.goBack();
  expect(new URL(page.url()).hash).toBe("#call-0");
  expect(await page.locator("h1:visible").innerText()).toBe("i-486.pcap");
  await page.locator(".all a").first().click();
  await page.locator(".picture").waitFor();
  expect(new URL(page.url()).hash).toBe("#2-call-0");
});

analyzed("in another language the same captures are told, and the call that was open stays open", async ({ page }) => {
  await open(page);
  await give(page, ...all);
  await page.locator(".all a").nth(2).click();
  await page.locator(".picture li button").nth(1).click();
  await page.waitForSelector(".lines");
  const { hash } = new URL(page.url());
  const parties = await page.locator("h1:visible .parties").innerText();
  await page.locator(".languages summary").press("Enter");
  await page.locator(".languages a[hreflang=ja]").press("Enter");
  await page.locator("a[href='#overview']", { hasText: "すべての呼" }).waitFor();
  await page.waitForSelector(".lines");
  expect(new URL(page.url()).pathname).toBe("/ja/analyze/");
  expect(new URL(page.url()).hash).toBe(hash);
  expect(await page.locator("h1:visible .parties").innerText()).toBe(parties);
  expect(await page.evaluate("document.documentElement.lang")).toBe("ja");
  expect(await page.locator(".languages[open]").count()).toBe(0);
  await page.locator("a[href='#overview']").click();
  expect(await page.locator("details.finding summary").first().innerText()).toMatch(/[ぁ-ん]/u);
  await page.goBack();
  await page.goBack();
  await page.locator("a[href='#overview']", { hasText: "All calls" }).waitFor();
  await page.waitForSelector(".lines");
});

analyzed(
  "another language takes words alone: the file is not read again, which may be gone by now",
  async ({ page }) => {
    const path = join(folder, "gone.pcap");
    copyFileSync(capture("g-502-q850-38.pcap"), path);
    const toLanguage = async (tag: string): Promise<void> => {
      await page.locator(".languages summary").press("Enter");
      await page.locator(`.languages a[hreflang=${tag}]`).press("Enter");
    };
    await open(page);
    await give(page, path);
    await page.locator(".chip").first().click();
    await page.locator(".all a").first().click();
    await page.waitForSelector(".picture svg");
    rmSync(path);
    await toLanguage("ja");
    await page.locator(".picture li button[aria-label*=フレーム]").first().waitFor();
    expect(await page.locator("details.finding:visible .body").innerText()).toMatch(/[ぁ-ん]/u);
    await page.locator("a[href='#overview']").click();
    expect(await page.locator("details.finding:visible summary").first().innerText()).toMatch(/[ぁ-ん]/u);
    expect(await page.locator(".chip[aria-pressed=true]").innerText()).toMatch(/[ぁ-ん失]/u);
    await toLanguage("de");
    await page.locator("details.finding:visible summary", { hasText: "Gateway" }).first().waitFor();
    await expect.poll(() => page.locator("details.finding:visible .body").first().innerText()).toMatch(/ der | die /u);
    const html = readFileSync((await exported(page, "HTML-Bericht")).path, "utf8");
    expect(html).toContain('<html lang="de"');
  },
);

analyzed("an address of a call that these captures do not have leads to all calls", async ({ page }) => {
  await page.goto(`${site.address}/en/analyze/#call-77-3`);
  await page.waitForSelector("[data-phase=idle]");
  await give(page, capture("i-486.pcap"));
  expect(await page.locator("h1:visible").innerText()).toBe("i-486.pcap");
});

analyzed("back and forward go from call to call", async ({ page }) => {
  await open(page);
  await give(page, ...all);
  const seen: string[] = [];
  for (const index of [0, 1]) {
    await page.locator(".all a").nth(index).click();
    await page.waitForSelector(".picture");
    seen.push(await page.locator("h1:visible").innerText());
    await page.getByRole("link", { name: "All calls" }).click();
    await page.locator(".list").waitFor();
  }
  const shown = (): Promise<string> => page.locator("h1:visible").innerText();
  await page.goBack();
  await expect.poll(shown).toBe(seen[1]);
  await page.goBack();
  await page.goBack();
  await expect.poll(shown).toBe(seen[0]);
  await page.goForward();
  await page.goForward();
  await expect.poll(shown).toBe(seen[1]);
});

analyzed(
  "a folder that is dropped is read, and what is dropped beside a report is read instead of it",
  async ({ page }) => {
    const evening = join(folder, "evening");
    mkdirSync(join(evening, "more"), { recursive: true });
    copyFileSync(capture("i-486.pcap"), join(evening, "more", "busy.pcap"));
    copyFileSync(capture("g-502-q850-38.pcap"), join(evening, "gateway.pcap"));
    writeFileSync(join(evening, ".DS_Store"), "nothing of interest");
    const devtools = await page.context().newCDPSession(page);
    const drop = async (path: string): Promise<void> => {
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const)
        await devtools.send("Input.dispatchDragEvent", { type, x: 100, y: 300, data });
    };
    await open(page);
    await drop(evening);
    await page.waitForSelector("[data-phase=done]");
    expect(await page.locator(".facts .mono").allInnerTexts()).toEqual([
      "1: evening/gateway.pcap",
      "2: evening/more/busy.pcap",
    ]);
    await drop(capture("i-404-from-edge.pcap"));
    await page.getByRole("heading", { name: "i-404-from-edge.pcap" }).waitFor();
  },
);

analyzed("back and forward go through what was looked at", async ({ page }) => {
  await open(page);
  await give(page, ...all);
  await page.locator(".all a").first().click();
  await page.locator(".picture li button").nth(1).click();
  await page.waitForSelector(".lines");
  await page.goBack();
  await page.waitForSelector(".lines", { state: "detached" });
  expect(await page.locator(".picture").count()).toBe(1);
  await page.goBack();
  expect(await page.locator(".list").isVisible()).toBe(true);
  await page.goForward();
  await page.waitForSelector(".picture");
  expect(new URL(page.url()).search).toBe("");
});

async function exported(page: Page, name: string): Promise<{ name: string; path: string }> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name, exact: true }).click(),
  ]);
  const path = join(folder, `${Math.floor(performance.now() * 1000)}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return { name: download.suggestedFilename(), path };
}

analyzed("everything can be taken along as HTML, JSON and Markdown", async ({ page }) => {
  await open(page);
  await give(page, ...all);
  const json = await exported(page, "JSON");
  const report = JSON.parse(readFileSync(json.path, "utf8"));
  const { $schema: _schema, required } = JSON.parse(
    readFileSync(join(root, "packages/core/report.schema.json"), "utf8"),
  );
  expect(Object.keys(report)).toEqual(expect.arrayContaining(required));
  expect(report.calls.length).toBeGreaterThan(3);
  const html = readFileSync((await exported(page, "HTML report")).path, "utf8");
  expect(html).toMatch(/^<!doctype html>.*502 Bad Gateway/su);
  expect(html).not.toContain("<script");
  expect(readFileSync((await exported(page, "Markdown")).path, "utf8")).toContain("## ● 502 Bad Gateway");
});

analyzed(
  "a finding is copied as Markdown, in the view of its call with the ladder",
  async ({ page }) => {
    const clipboard = (): Promise<string> => page.evaluate("navigator.clipboard.readText()");
    await open(page);
    await give(page, capture("i-486.pcap"), capture("g-502-q850-38.pcap"));
    const second = page.locator("details.finding").nth(1);
    await second.locator("summary").click();
    await second.getByRole("button", { name: "Copy as Markdown" }).click();
    await second.getByText("Copied", { exact: true }).waitFor();
    expect(await clipboard()).toMatch(/^## ● 486 Busy Here: /u);
    await page.locator(".all a").first().click();
    await page.waitForSelector(".picture svg");
    await page.locator("details.finding:visible").getByRole("button", { name: "Copy as Markdown" }).click();
    await page.locator("details.finding:visible").getByText("Copied", { exact: true }).waitFor();
    expect(await clipboard()).toContain("│─ INVITE ─");
  },
  { permissions: ["clipboard-read", "clipboard-write"] },
);

const withTshark = peer("tshark");
let pcap = "";
analyzed("a call can be taken along redacted, and what was replaced is listed", async ({ page }) => {
  await open(page);
  await give(page, capture("h1-407-wrong-password-loop.pcap"));
  await page.locator(".all a").first().click();
  await page.locator("label:visible", { hasText: "Replace numbers" }).locator("input").check();
  const file = await exported(page, "pcap of this call");
  pcap = file.path;
  expect(file.name).toBe("sipwhy-call-1-redacted.pcap");
  expect(await page.locator(".exports:visible [role=status]").innerText()).toMatch(/^Replaced: .*2 addresses/u);
  const svg = readFileSync((await exported(page, "Ladder as SVG")).path, "utf8");
  expect(svg).toMatch(/^<svg /u);
  expect(svg).not.toContain("10.9.0.");
  for (const name of ["JSON", "Markdown", "HTML report"]) {
    expect(readFileSync((await exported(page, name)).path, "utf8")).not.toMatch(
      /10\.9\.0\.|auth1002|sip\.example\.test/u,
    );
  }
});

withTshark("the pcap of the call reads as SIP", (run) => {
  if (pcap === "") return;
  const methods = run([
    "-n",
    "-r",
    pcap,
    "-Y",
    "sip",
    "-T",
    "fields",
    "-e",
    "sip.CSeq.method",
    "-e",
    "sip.Status-Code",
  ]);
  expect(methods.trim().split("\n")).toHaveLength(15);
  expect(methods).toContain("INVITE\t407");
});

for (const colors of [{}, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }] as const) {
  analyzed(
    `axe finds no fault in any view: ${JSON.stringify(colors)}`,
    async ({ page }) => {
      const check = async (): Promise<string[]> => {
        await page.evaluate(axe);
        const found = await page.evaluate(() =>
          (
            globalThis as unknown as {
              axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
            }
          ).axe.run(),
        );
        return found.violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html.slice(0, 200)}`);
      };
      await open(page);
      expect(await check()).toEqual([]);
      await give(page, ...all);
      expect(await check()).toEqual([]);
      await page.locator(".all a").nth(1).click();
      await page.locator(".picture li button").nth(1).click();
      await page.waitForSelector(".lines");
      expect(await check()).toEqual([]);
      await page.selectOption(".message select", "0");
      await page.waitForSelector(".message tbody tr");
      expect(await check()).toEqual([]);
    },
    { bypassCSP: true, ...colors },
  );
}

const poisons: Readonly<Record<string, string>> = {
  markup: "</code><script>document.title='owned'</script><img src=x onerror=document.title='owned'>",
  "bidirectional controls": Buffer.from("\u202eexe.pcap\u2066\u200f").toString("latin1"),
  "terminal escapes": "\x1b]0;owned\x07\x1b[2J\x9b31m",
};

const conversation = traffic(`
10.0.0.1:5060 > 10.0.0.2:5060 at 0
INVITE sip:bob@example.com SIP/2.0
Subject: hello

10.0.0.2:5060 > 10.0.0.1:5060 at 0.5
SIP/2.0 502 Bad Gateway
Server: gateway
Reason: Q.850;cause=38;text="x"
`);

for (const [kind, poison] of Object.entries(poisons)) {
  analyzed(`hostile captures show as text: ${kind}`, async ({ page }) => {
    const path = join(folder, `${kind}.pcap`);
    writeFileSync(
      path,
      pcapBytes(places.flatMap((place) => conversation.map((each) => poisoned(each, place, poison)))),
    );
    await open(page);
    const before = await page.title();
    await give(page, path);
    await page.locator(".all a").first().click();
    await page.locator(".picture li button").last().click();
    await page.waitForSelector(".lines");
    expect(await page.title()).toBe(before);
    expect(await page.locator("main script, main img, main iframe").count()).toBe(0);
    const text = await page.locator("main").innerText();
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200f]/u);
  });
}

analyzed("the list of calls says the day where they are of several", async ({ page }) => {
  const path = join(folder, "other-day.pcap");
  writeFileSync(path, pcapBytes(conversation));
  const starts = page.locator(".all .start");
  await open(page);
  await give(page, capture("i-486.pcap"));
  expect(await starts.allInnerTexts()).toEqual([expect.stringMatching(/^07:06:\d\d$/u)]);
  await open(page);
  await give(page, capture("i-486.pcap"), path);
  expect(await starts.allInnerTexts()).toContainEqual(expect.stringMatching(/^11-22 07:06:\d\d$/u));
  expect(await page.locator(".finding .calls a").first().innerText()).toMatch(/^2027-01-15 08:00:00 alice@/u);
});

analyzed("megabyte fields break nothing and do not make the page long", async ({ page }) => {
  const [invite, answer] = conversation;
  const long = new Uint8Array(
    Buffer.concat([
      Buffer.from(
        `INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/TCP 10.0.0.1;branch=z9hG4bKlong\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:bob@example.com>\r\nCall-ID: long\r\nCSeq: 1 INVITE\r\nSubject: `,
      ),
      Buffer.alloc(60_000, "x"),
      Buffer.from("\r\nContent-Length: 0\r\n\r\n"),
    ]),
  );
  const path = join(folder, "long.pcap");
  writeFileSync(path, pcapBytes([{ ...invite, bytes: long, start: 0, end: long.length }, answer]));
  await open(page);
  await give(page, path);
  await page.locator(".all a").first().click();
  await page.locator(".picture li button").first().click();
  await page.waitForSelector(".lines");
  expect((await page.locator(".lines").innerText()).length).toBeLessThan(10_000);
});

/** SIPWHY_LARGE_CAPTURE_MB=200 for the long run. With much less, calls have hardly ended before all is read. */
const largeMegabytes = Number(process.env.SIPWHY_LARGE_CAPTURE_MB ?? 40);

analyzed(
  `a capture of ${largeMegabytes} MB is read while the page answers, findings come before the end`,
  async ({ page }) => {
    const path = join(folder, "large.pcap");
    makeCapture({ path, sizeBytes: largeMegabytes * 1e6, seed: 1 });
    await open(page);
    await page.evaluate(`
    globalThis.longest = 0;
    globalThis.early = false;
    globalThis.began = 0;
    globalThis.ended = 0;
    globalThis.spoken = new Set();
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
    }).observe({ type: "longtask" });
    new MutationObserver(() => {
      const status = document.querySelector(".progress [role=status]");
      if (status !== null) globalThis.spoken.add(status.textContent);
      if (document.querySelector("[data-phase=reading] details.finding") !== null) globalThis.early = true;
      if (document.querySelector("[data-phase=reading]") !== null) globalThis.began ||= performance.now();
      if (document.querySelector("[data-phase=done]") !== null) globalThis.ended ||= performance.now();
    }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });`);
    await page.setInputFiles(".drop input", path);
    await page.waitForSelector("[data-phase=done]", { timeout: 200_000 });
    const [longest, early, millis] = await page.evaluate<[number, boolean, number]>(
      "[globalThis.longest, globalThis.early, globalThis.ended - globalThis.began]",
    );
    // The page's own clock: on a busy machine a task waits for its turn, but none does the work of the reading.
    expect(longest).toBeLessThan(2000);
    expect(await page.locator("p.quiet[role=status]").innerText()).toMatch(/^Shown: \d,\d{3} of \d,\d{3}$/u);
    // What was found is told a few times in a second: where all is read by then, there is nothing to tell before.
    expect(early || millis < 2000).toBe(true);
    const spoken = await page.evaluate<string[]>("[...globalThis.spoken]");
    expect(spoken.filter((each) => !["0%", "25%", "50%", "75%", "100%"].includes(each))).toEqual([]);
    expect(spoken).not.toEqual([]);
    await page.locator(".all a").first().click();
    await page.waitForSelector(".picture svg");
  },
);

analyzed(
  "a password that is given is proven wrong, and what is neither keys nor passwords is named",
  async ({ page }) => {
    const [passwords, notes] = [join(folder, "passwords.csv"), join(folder, "notes.txt")];
    writeFileSync(passwords, "1001,sip.example.test,not-this-one\n");
    writeFileSync(notes, "nothing of the kind");
    await open(page);
    await page.locator("details.secrets summary").click();
    await page.setInputFiles(".secrets input", [passwords, notes]);
    await page.setInputFiles(".drop input", capture("h1-407-wrong-password-loop.pcap"));
    await page.waitForSelector("[data-phase=done]");
    expect(await page.locator("main").innerText()).toContain("notes.txt is neither a key log nor a list");
    expect(await page.locator("details.finding").first().innerText()).toContain("proven-wrong-password");
  },
);

test.skipIf(advice !== undefined)("after one visit it works without a network", { timeout: 240_000 }, async () => {
  const context = await browser.newContext({ locale: "en" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  try {
    await open(page);
    // The worker of the site has all files, and that of the page has loaded its language.
    const kept = (): Promise<string> =>
      page.evaluate(`(async () => {
        await navigator.serviceWorker.ready;
        const [name] = await caches.keys();
        return (await (await caches.open(name)).keys()).map(({ url }) => url).join(" ");
      })()`);
    await expect
      .poll(kept, { timeout: 60_000 })
      .toMatch(/\/en\/analyze\/(?: .*)?\/workers\/chunks\/|\/workers\/chunks\/.*\/en\/analyze\//u);
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector("[data-phase=idle]");
    await page.getByRole("button", { name: "Try a sample" }).click();
    await page.waitForSelector("[data-phase=done]");
    expect(await page.locator("details.finding summary").first().innerText()).toContain("502 Bad Gateway");
  } finally {
    await context.close();
  }
});

test.skipIf(advice !== undefined)(
  "without a network, and never opened before, it says what is missing",
  { timeout: 240_000 },
  async () => {
    const context = await browser.newContext({ locale: "en" });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    try {
      await page.goto(`${site.address}/en/`);
      await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
      await context.setOffline(true);
      await open(page);
      await page.setInputFiles(".drop input", capture("i-486.pcap"));
      await page.waitForSelector("[data-phase=failed]");
      expect(await page.locator("main").innerText()).toContain("After one visit with a network it works without one.");
    } finally {
      await context.close();
    }
  },
);

analyzed("what the first visit loads is small, and the rest comes when it is needed", async ({ page }) => {
  await open(page);
  await page.waitForLoadState("load");
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => /\.(?:js|css)$/u.test(name))
      .map(({ name }) => name),
  );
  let bytes = 0;
  for (const url of scripts) bytes += gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length;
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(150_000);
});
