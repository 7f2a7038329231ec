import { describe, expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { htmlView } from "./html.ts";
import { tagsOf } from "./markup.fixture.ts";
import { answeredCall, busyCall, failedCall, messages, reportOf, timedOutCall } from "./report.fixture.ts";

const report = reportOf([answeredCall, busyCall, { ...failedCall, messages }, timedOutCall]);
const html = htmlView(report, { language });
const texts = html.replace(/<style>[^<]*<\/style>/gu, "").replace(/<[^>]*>/gu, "\n");

describe("a report as HTML", () => {
  test("needs nothing from elsewhere and runs nothing", () => {
    const names = new Set(tagsOf(html).map(({ name }) => name));
    for (const name of ["script", "link", "img", "iframe", "a", "form"]) expect(names).not.toContain(name);
    expect(html).toContain("default-src &#39;none&#39;");
    expect(html).not.toMatch(/url\(|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/u);
  });

  test("tells the findings in the order of the command line, each with why, proof and fix", () => {
    const headings = [...html.matchAll(/<h2>(.*?)<\/h2>/gu)].map(([, heading]) => heading.replace(/<[^>]*>/gu, ""));
    expect(headings.slice(0, 3)).toEqual([
      "● 502 Bad Gateway: The telephone network behind 10.9.0.30 is out of order",
      "◐ 408 Request Timeout: Nothing behind 10.9.0.21 answered the INVITE",
      "● 486 Busy Here: The called party is in another call",
    ]);
    for (const text of [
      "Reason: Q.850;cause=38;text=&quot;Network out of order&quot;",
      "frame 6",
      "RFC 3398 §7.2.4.1",
    ]) {
      expect(texts).toContain(text);
    }
    expect(texts).toContain("The leg behind 10.9.0.21: capture on that proxy, on all its interfaces.");
    expect(texts).toContain("What would decide: A 100 Trying from 10.9.0.21 without an INVITE leaving it.");
  });

  test("shows code spans of sentences as code, and no backticks", () => {
    const fix = ["On 10.9.0.30: capture with `host 192.0.2.1`, not `<src>`."];
    const [finding] = failedCall.findings;
    const told = htmlView(reportOf([{ ...failedCall, findings: [{ ...finding, fix }] }]), { language });
    expect(told).toContain(
      "<li>On 10.9.0.30: capture with <code>host 192.0.2.1</code>, not <code>&lt;src&gt;</code>.</li>",
    );
  });

  test("counts the outcomes and lists every call", () => {
    expect(texts).toMatch(/✗ 2 failed\s+■ 1 busy\s+✓ 1 answered/u);
    const section = html.slice(html.indexOf("Calls</h2>"), html.indexOf("</section>"));
    expect(section.match(/<tr>/gu)).toHaveLength(1 + 4);
  });

  test("has the ladder of a call whose messages were kept, and the same as a list", () => {
    // One for a screen, one for a phone; the style shows one of them.
    const [wide, narrow] = [...html.matchAll(/<svg .*?<\/svg>/gu)].map(([drawing]) => drawing);
    expect(html.match(/<svg /gu)).toHaveLength(2);
    // The second says nothing that the first has said for those who cannot see it, and its colours are the page's.
    expect(narrow).not.toMatch(/<title|<desc| id=|#[0-9a-f]{6}/u);
    const [, names = ""] = / aria-labelledby="([^"]*)"/u.exec(narrow) ?? [];
    for (const id of names.split(" ")) expect(wide).toContain(` id="${id}"`);
    expect(narrow.length).toBeLessThan(wide.length * 0.8);
    expect(texts).toContain("+0.002, frame 3, INVITE from 10.9.0.20:5060 to 10.9.0.30:5060, sent 3 times");
  });

  test("names what can be scrolled by its heading, each by one of its own", () => {
    const ids = [...html.matchAll(/ id="([^"]*)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const regions = [...html.matchAll(/<div class="scroll[^>]*tabindex="0"[^>]*>/gu)].map(([tag]) => tag);
    const names = regions.map((tag) => / role="region" aria-labelledby="([^"]*)"/u.exec(tag)?.[1] ?? tag);
    expect(names).toEqual(["captures", "ladder-3-heading", "calls"]);
    expect(ids).toEqual(expect.arrayContaining(names));
  });

  test("says so when nothing is wrong, or nothing is there", () => {
    expect(htmlView(reportOf([answeredCall]), { language })).toContain("✓ Nothing wrong was found.");
    expect(htmlView(reportOf([busyCall]), { language })).toContain(
      "✓ Nothing wrong was found: the calls below were not",
    );
    const empty = reportOf([], { totals: { ...report.totals, messages: 0 } });
    expect(htmlView(empty, { language })).toContain("There is no SIP message in this input.");
  });

  test("shows only the calls asked for, and the Call-IDs of the one", () => {
    const one = htmlView(report, { language, call: "4" });
    expect(one).not.toContain("502 Bad Gateway");
    expect(one).toContain("Call-ID: silent@10.9.0.10");
  });
});
