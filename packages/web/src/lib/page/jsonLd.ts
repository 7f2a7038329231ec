import type { Locale } from "@sipwhy/core/language";
import { addressOf } from "./addressOf.ts";
import type { PageMeta } from "./meta.ts";

/** What search engines read about a page: itself, and the way to it from the start page. */
export function jsonLd(meta: PageMeta, locale: Locale): string {
  const url = addressOf(locale.tag, meta.path);
  const things: Record<string, unknown>[] = [];
  if (meta.schema !== undefined) things.push({ inLanguage: locale.tag, url, ...meta.schema });
  if (meta.crumbs.length > 0) things.push({ "@type": "BreadcrumbList", itemListElement: crumbItems(meta, locale) });
  if (things.length === 0) return "";
  const json = JSON.stringify({ "@context": "https://schema.org", "@graph": things });
  return `<script type="application/ld+json">${json.replaceAll("<", "\\u003c")}</script>`;
}

function crumbItems({ crumbs, title, path }: PageMeta, { tag }: Locale): Record<string, unknown>[] {
  return [...crumbs, { name: title, path }].map(({ name, path: item }, index) => ({
    "@type": "ListItem",
    position: index + 1,
    name,
    item: addressOf(tag, item),
  }));
}
