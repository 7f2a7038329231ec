/** A page without a script, to be shown in the document of another. */
export interface FetchedPage {
  readonly title: string;
  readonly language: string;
  readonly direction: string;
  readonly html: string;
}

/** Fetches a page, and the style that only it has. */
export async function fetchPage(url: string): Promise<FetchedPage> {
  const response = await fetch(url);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const links = page.querySelectorAll("link[rel=stylesheet]");
  await Promise.all(Array.from(links, (link) => styled(new URL(link.getAttribute("href") ?? "", url).href)));
  return {
    title: page.title,
    language: page.documentElement.lang,
    direction: page.documentElement.dir,
    html: (page.querySelector(".document") ?? page.body).innerHTML,
  };
}

async function styled(href: string): Promise<void> {
  const known = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  if (known.some((link) => link.href === href)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  // Without its style a page can be read all the same.
  const settled = new Promise((resolve) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
  });
  document.head.append(link);
  await settled;
}
