/** Pages that depend on what was typed, or on nothing. */
const unlisted = /^(404\/|[\w-]+\/(?:search|offline)\/)/u;

/** One sitemap for each language and one that lists them; none where nobody knows the address. */
export function sitemaps(paths: readonly string[], address: string): Record<string, string> {
  if (address === "") return {};
  const listed = paths.filter((path) => path !== "" && !unlisted.test(path));
  const tags = [...new Set(listed.map((path) => path.split("/", 1)[0]))];
  const ofTag = (tag: string): string[] => listed.filter((path) => path.startsWith(`${tag}/`));
  return {
    "sitemap.xml": xml(
      "sitemapindex",
      "sitemap",
      tags.map((tag) => `${address}/${tag}/sitemap.xml`),
    ),
    ...Object.fromEntries(
      tags.map((tag) => [
        `${tag}/sitemap.xml`,
        xml(
          "urlset",
          "url",
          ofTag(tag).map((path) => `${address}/${path}`),
        ),
      ]),
    ),
  };
}

export function robotsText(address: string): string {
  const sitemap = address === "" ? "" : `Sitemap: ${address}/sitemap.xml\n`;
  return `User-agent: *\nAllow: /\n${sitemap}`;
}

function xml(root: string, item: string, addresses: readonly string[]): string {
  const items = addresses.map((address) => `<${item}><loc>${address}</loc></${item}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${items.join("\n")}\n</${root}>\n`;
}
