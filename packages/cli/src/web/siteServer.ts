import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { locales, matchLocale } from "@sipwhy/core/language";
import type { Site } from "./site.ts";
import { staticFiles, type StaticFile } from "./staticFiles.ts";

/** Nothing but this site may be reached from a page, and no page of another site may show one of ours. */
const strictPolicy =
  "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

const headersOfAll: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
};

/**
 * Serves the site to browsers on this machine. Only GET and HEAD; only to those who ask for this machine by name, so that no page of
 * another site can read it through a name of its own.
 */
export function siteServer(site: Site): Server {
  const files = staticFiles(site.clientFolder);
  return createServer((request, response) => {
    for (const [name, value] of Object.entries(headersOfAll)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
    if (!isLoopback(request.headers.host ?? "")) return refuse(response, 421);
    const url = urlOf(request);
    if (url === undefined) return refuse(response, 400);
    const file = files.get(url.pathname);
    if (file !== undefined) return sendFile(file, request, response);
    if (url.pathname === "/") return redirect(response, `/${languageOf(request)}/`);
    void sendPage(site, url, request, response).catch(() => refuse(response, 500));
  });
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/iu.test(host);
}

function urlOf({ url = "", headers }: IncomingMessage): URL | undefined {
  // What begins with two slashes, or with one that leans the other way, would name another host.
  if (!/^\/(?![/\\])/u.test(url) || url.length > 8192) return undefined;
  try {
    return new URL(url, `http://${headers.host}`);
  } catch {
    return undefined;
  }
}

function languageOf({ headers }: IncomingMessage): string {
  const wanted = (headers["accept-language"] ?? "").split(",", 20).map((range) => range.split(";", 1)[0].trim());
  return matchLocale(wanted, locales)?.tag ?? locales[0].tag;
}

function sendFile(file: StaticFile, { method }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    "content-type": file.contentType,
    "content-length": file.bytes,
    "content-security-policy": strictPolicy,
    "cache-control": file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
  });
  if (method === "HEAD") response.end();
  else
    createReadStream(file.path)
      .on("error", () => response.destroy())
      .pipe(response);
}

async function sendPage(site: Site, url: URL, { method }: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await site.render(new Request(url));
  const html = await answer.text();
  const [type, target] = [answer.headers.get("content-type"), answer.headers.get("location")];
  if (target !== null) return redirect(response, target);
  response.writeHead(answer.status, {
    "content-type": type === "text/html" ? "text/html; charset=utf-8" : (type ?? "text/plain; charset=utf-8"),
    "content-length": Buffer.byteLength(html),
    "content-security-policy": policyOf(html),
    "cache-control": "no-cache",
  });
  response.end(method === "HEAD" ? undefined : html);
}

/** A page says itself which of its scripts may run, by their hashes; who may frame it only a header can say. */
function policyOf(html: string): string {
  const own = /<meta http-equiv="content-security-policy" content="([^"]*)">/u.exec(html)?.[1];
  return own === undefined ? strictPolicy : `${own.replaceAll("&#39;", "'")}; frame-ancestors 'none'`;
}

function redirect(response: ServerResponse, target: string): void {
  response.writeHead(307, { location: target, "content-length": 0 });
  response.end();
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "content-security-policy": strictPolicy });
  response.end(`${status}\n`);
}
