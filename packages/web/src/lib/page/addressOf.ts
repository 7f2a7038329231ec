/** The address of a page for links that name it to others: canonical, hreflang, sitemap. Absolute where the site knows its origin. */
export function addressOf(tag: string, path: string): string {
  return `${SIPWHY_ADDRESS}/${tag}/${path}`;
}
