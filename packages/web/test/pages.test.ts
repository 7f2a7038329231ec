import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate/node";
import { beforeAll, expect, test } from "vitest";
import { builtSite, pageText, testAddress } from "./builtSite.ts";
import { checkLinks } from "../../../tools/checkLinks.ts";
import { pageTypes, scripted } from "./pageTypes.ts";

let folder: string;
beforeAll(async () => {
  folder = await builtSite();
}, 900_000);

const tags = ["en", "ja", "de"];
const reference = pageTypes.filter((path) => !scripted.has(path));

test("the HTML of every kind of page is valid in every language", async () => {
  const validator = new HtmlValidate(
    new FileSystemConfigLoader({
      root: true,
      extends: ["html-validate:standard"],
      rules: {
        // What the standard allows and SvelteKit, or a drawing, writes.
        "doctype-style": "off",
        "void-style": "off",
        "no-inline-style": "off",
        "long-title": "off",
        "no-trailing-whitespace": "off",
        "attribute-boolean-style": "off",
        "attribute-empty-style": "off",
        "no-raw-characters": "off",
        "prefer-native-element": "off",
        "tel-non-breaking": "off",
        "require-sri": "off",
      },
    }),
  );
  const found: string[] = [];
  for (const path of pageTypes.flatMap((type) => tags.map((tag) => `${tag}/${type}`))) {
    const report = await validator.validateString(pageText(folder, path));
    found.push(
      ...report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId} ${message}`),
      ),
    );
  }
  expect(found).toEqual([]);
});

test("no link of the site is dead: pages, parts of pages, files", () => {
  // The sample has three languages and some pairs; what it leaves out is checked by its name.
  const { dead, followed } = checkLinks(join(folder, "site"), isLeftOut);
  expect(followed).toBeGreaterThan(10_000);
  expect(dead).toEqual([]);
});

function isLeftOut(path: string): boolean {
  const [, tag, rest = ""] = /^([\w-]+)\/(.*)$/u.exec(path) ?? [];
  if (/^compare\/\d{3}-vs-\d{3}\/$/u.test(rest)) return true;
  return ["es", "fr", "pt-BR", "ko", "zh-Hans"].includes(tag ?? "");
}

test("a page of the reference has no script and weighs less than 30 kB with its style", () => {
  const styles = join(folder, "site", "_app", "immutable", "assets");
  const css = readdirSync(styles).filter((name) => name.endsWith(".css"));
  const style = css.reduce((sum, name) => sum + gzipSync(readFileSync(join(styles, name))).length, 0);
  for (const path of reference.flatMap((type) => tags.map((tag) => `${tag}/${type}`))) {
    const html = pageText(folder, path);
    expect([path, html.match(/<script(?! type="application\/ld\+json")/u)]).toEqual([path, null]);
    expect([path, gzipSync(html).length + style < 30_000]).toEqual([path, true]);
  }
});

test("a page names itself, its other languages and the way to it", () => {
  const html = pageText(folder, "ja/compare/202-vs-502");
  expect(html).toContain(`<html lang="ja" dir="ltr">`);
  expect(html).toContain(`<link rel="canonical" href="${testAddress}/ja/compare/202-vs-502/"`);
  for (const tag of ["en", "ja", "de", "es", "fr", "pt-BR", "ko", "zh-Hans"]) {
    expect(html).toContain(`<link rel="alternate" hreflang="${tag}" href="${testAddress}/${tag}/compare/202-vs-502/"`);
  }
  expect(html).toContain(`hreflang="x-default"`);
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/u.exec(html)?.[1] ?? "";
  const types = JSON.parse(json)["@graph"].map((thing: { readonly "@type": string }) => thing["@type"]);
  expect(types).toEqual(["TechArticle", "BreadcrumbList"]);
});

test("a description fits where pages are listed, and a link that is shared has a picture", () => {
  for (const path of pageTypes.flatMap((type) => tags.map((tag) => `${tag}/${type}`))) {
    const html = pageText(folder, path);
    const [, description = ""] = /<meta name="description" content="([^"]*)"/u.exec(html) ?? [];
    expect([path, description.length > 10, description.length <= 200]).toEqual([path, true, true]);
    expect(html).toContain(`<meta property="og:image" content="${testAddress}/share.png"`);
  }
  expect(pageText(folder, "en/rules/address-rewritten")).toMatch(/<meta name="description" content="[^"]{40,160}"/u);
  expect(
    readFileSync(join(folder, "site", "share.png"))
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
});

test("the pair in the other order leads to the page, and the sitemaps list what can be read", () => {
  const moved = pageText(folder, "ja/compare/502-vs-202");
  expect(moved).toContain(`content="0; url=../202-vs-502/"`);
  expect(moved).toContain(`<link rel="canonical" href="${testAddress}/ja/compare/202-vs-502/">`);
  const [index, japanese] = ["sitemap.xml", "ja/sitemap.xml"].map((path) =>
    readFileSync(join(folder, "site", path), "utf8"),
  );
  expect(index).toContain(`<loc>${testAddress}/ja/sitemap.xml</loc>`);
  expect(japanese).toContain(`<loc>${testAddress}/ja/codes/502/</loc>`);
  expect(japanese).not.toMatch(/search|offline|502-vs-202|test\/404/u);
});

test("a citation leads to the section of the RFC, and an example is what the engine found", () => {
  const html = pageText(folder, "en/codes/486");
  expect(html).toContain(`href="https://www.rfc-editor.org/rfc/rfc3261.html#section-21.4.24"`);
  expect(html).toContain(`<code>callee-busy</code>`);
  expect(html).toContain("somebody pressed a button");
});

test("a page says all that the seed's page says, in its reader's language", () => {
  const html = pageText(folder, "ja/compare/202-vs-502");
  const headings = [...html.matchAll(/<h[234][^>]*>(.*?)<\/h[234]>/gu)].map(([, text]) => text);
  for (const heading of ["決め手", "違い", "使い分け", "意味", "よくある場面", "対処"])
    expect(headings).toContain(heading);
});
