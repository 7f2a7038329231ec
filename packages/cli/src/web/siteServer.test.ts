import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Site } from "./site.ts";
import { siteServer } from "./siteServer.ts";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-site-"));
const clientFolder = join(folder, "client");
const page = `<meta http-equiv="content-security-policy" content="default-src 'self'; script-src 'sha256-abc'"><p>page</p>`;
const site: Site = {
  clientFolder,
  async render({ url }) {
    const { pathname } = new URL(url);
    if (pathname === "/broken/") throw new Error("broken");
    if (pathname === "/ja") return new Response(null, { status: 308, headers: { location: "/ja/" } });
    const status = pathname === "/ja/" ? 200 : 404;
    return new Response(page, { status, headers: { "content-type": "text/html" } });
  },
};
let server: Server;

beforeAll(async () => {
  mkdirSync(join(clientFolder, "_app/immutable"), { recursive: true });
  writeFileSync(join(clientFolder, "favicon.svg"), "<svg/>");
  writeFileSync(join(clientFolder, "_app/immutable/a.js"), "1");
  writeFileSync(join(folder, "secret.txt"), "secret");
  server = siteServer(site);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** As it stands: a browser would tidy the path up before it asks. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    httpRequest({ host: "127.0.0.1", port, path, headers, method }, (message) => {
      const { statusCode = 0, headers: answered } = message;
      message
        .toArray()
        .then(
          (chunks) => resolve({ status: statusCode, headers: answered, text: Buffer.concat(chunks).toString() }),
          reject,
        );
    })
      .on("error", reject)
      .end();
  });
}

test("a page is rendered when asked for, under the policy that it names itself, and may not be framed", async () => {
  const { status, headers, text } = await ask("/ja/");
  expect([status, text]).toEqual([200, page]);
  expect(headers["content-security-policy"]).toBe(
    "default-src 'self'; script-src 'sha256-abc'; frame-ancestors 'none'",
  );
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("files have their types, and only those whose names change are kept for good", async () => {
  const [icon, script] = [await ask("/favicon.svg"), await ask("/_app/immutable/a.js")];
  expect([icon.headers["content-type"], icon.headers["cache-control"]]).toEqual(["image/svg+xml", "no-cache"]);
  expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  expect(script.headers["cache-control"]).toContain("immutable");
});

test("no path leads out of the folder", async () => {
  const paths = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/_app/../../secret.txt",
    "//etc/passwd",
    "/\\secret.txt",
  ];
  const answers = await Promise.all(paths.map((path) => ask(path)));
  expect(answers.map(({ status }) => status).every((status) => status === 404 || status === 400)).toBe(true);
  expect(answers.filter(({ text }) => text.includes("secret"))).toEqual([]);
});

test("who asks for another machine's name gets nothing", async () => {
  expect((await ask("/ja/", { host: "rebound.example.com" })).status).toBe(421);
  expect((await ask("/ja/", { host: "localhost:8060" })).status).toBe(200);
});

test("the start leads to the language that the browser asks for, and redirects are passed on", async () => {
  expect((await ask("/", { "accept-language": "pt, en;q=0.5" })).headers.location).toBe("/pt-BR/");
  expect((await ask("/")).headers.location).toBe("/en/");
  expect((await ask("/ja")).headers.location).toBe("/ja/");
});

test("nothing can be sent to it, a page that does not exist is a 404, and one that breaks does not end the server", async () => {
  expect((await ask("/ja/", {}, "POST")).status).toBe(405);
  expect((await ask("/nowhere/")).status).toBe(404);
  expect((await ask("/broken/")).status).toBe(500);
  expect(await ask("/ja/", {}, "HEAD")).toMatchObject({ status: 200, text: "" });
});
