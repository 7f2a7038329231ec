import { immutable } from "$app/manifest";
import { self } from "$app/service-worker";

/**
 * The site without a network, after one visit: what was seen, the analyzer and the search, and every response code in the language of the
 * visit. Pages come from the network where there is one; files whose name changes with their content come from the cache.
 */
const cacheName = `sipwhy ${immutable.map(({ path }) => path).join(" ").length} ${immutable.at(-1)?.path}`;
const { scope } = self.registration;
/** Of a language, besides its start page. */
const pages = [
  "offline/",
  "",
  "search/",
  "analyze/",
  "codes/",
  "compare/",
  "q850/",
  "warnings/",
  "rules/",
  "symptoms/",
  "glossary/",
  "about/",
];
/** Languages that are kept, or are being. */
const keptLanguages = new Set<string>();

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  const { url, method } = event.request;
  if (method !== "GET" || !url.startsWith(scope)) return;
  const answered = answer(event.request);
  event.respondWith(answered);
  if (event.request.mode === "navigate") event.waitUntil(answered.then((response) => keepLanguageOf(url, response)));
});

async function prepare(): Promise<void> {
  const cache = await caches.open(cacheName);
  await keep(
    cache,
    immutable.map(({ path }) => scope + path),
  );
  for (const language of await visitedLanguages()) await keepLanguage(cache, language);
  await self.skipWaiting();
}

async function keepLanguage(cache: Cache, language: string): Promise<void> {
  keptLanguages.add(language);
  await keep(
    cache,
    pages.map((path) => `${scope}${language}/${path}`),
  );
  await keep(cache, await linkedCodes(cache, language));
}

/** A language that is first read after this worker was installed. */
async function keepLanguageOf(url: string, response: Response): Promise<void> {
  const language = languageOf(url);
  if (!response.ok || language === "" || keptLanguages.has(language)) return;
  keptLanguages.add(language);
  const cache = await caches.open(cacheName);
  if ((await cache.match(`${scope}${language}/offline/`)) === undefined) await keepLanguage(cache, language);
}

/** What only a worker loads is not in the list of files: it is kept when it is first needed. */
async function fetched(cache: Cache, request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

/** A page that is not there, or a network that fails now, is no reason to have nothing. */
async function keep(cache: Cache, addresses: readonly string[]): Promise<void> {
  const waiting = [...addresses];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await cache.add(next).catch(() => {});
  };
  await Promise.all([work(), work(), work(), work()]);
}

async function visitedLanguages(): Promise<string[]> {
  const clients = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  return [...new Set(clients.map(({ url }) => languageOf(url)))].filter((language) => language !== "");
}

/** `ja` of `…/ja/codes/486/`; nothing where no language comes first. */
function languageOf(url: string): string {
  return /^[a-z]{2}(?:-[A-Za-z]+)?(?=\/)/u.exec(url.slice(scope.length))?.[0] ?? "";
}

async function linkedCodes(cache: Cache, language: string): Promise<string[]> {
  const list = await cache.match(`${scope}${language}/codes/`);
  const html = (await list?.text()) ?? "";
  const codes = [...html.matchAll(/codes\/(\d{3})\//gu)].map(([, code]) => `${scope}${language}/codes/${code}/`);
  return [...new Set(codes)];
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  // What was typed into the search is read by its script: one page answers all of it.
  const kept = () => cache.match(request, { ignoreSearch: true });
  if (request.url.startsWith(`${scope}_app/immutable/`)) return (await kept()) ?? fetched(cache, request);
  try {
    const response = await fetch(request);
    if (response.ok && response.type === "basic" && !request.url.includes("?"))
      await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const known = (await kept()) ?? (request.mode === "navigate" ? await instead(cache, request.url) : undefined);
    if (known === undefined) throw error;
    return known;
  }
}

/** Of a page that is not kept: what says so, in the language of the page or one that is kept. */
async function instead(cache: Cache, url: string): Promise<Response | undefined> {
  const withSlash = url.replace(/\/?(?:[?#].*)?$/u, "/");
  if ((await cache.match(withSlash)) !== undefined) return Response.redirect(withSlash);
  const own = await cache.match(`${scope}${languageOf(url)}/offline/`);
  const page = own ?? (await cache.match((await cache.keys()).find((each) => each.url.endsWith("/offline/")) ?? ""));
  if (page === undefined) return undefined;
  // Its links are relative to its own address, and the browser shows it at another.
  const html = (await page.text()).replaceAll(
    /(href|src|action)="(\.[^"]*)"/gu,
    (_link, name: string, path: string) => `${name}="${new URL(path, page.url).href}"`,
  );
  return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}
