import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { PassThrough } from "node:stream";
import { language } from "@sipwhy/core/language/en";
import { expect, test } from "vitest";
import { serveSite } from "./serveSite.ts";
import { openSite, type Site } from "./site.ts";

const site: Site = { clientFolder: import.meta.dirname, render: async () => new Response("a page") };

test("it says where the site is, on loopback, and on another port where the one asked for is taken", async () => {
  const taken = createServer();
  await new Promise<void>((ready) => taken.listen(0, "127.0.0.1", ready));
  const { port } = taken.address() as AddressInfo;
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const stop = new AbortController();
  const ended = serveSite({ language, port, stdout, stderr, site, signal: stop.signal });
  const [said] = await once(stdout, "data");
  const address = /http:\/\/127\.0\.0\.1:(\d+)\//u.exec(String(said));
  expect(Number(address?.[1])).not.toBe(port);
  expect(await (await fetch(`${address?.[0]}en/`)).text()).toBe("a page");
  stop.abort();
  expect(await ended).toBe(0);
  taken.close();
});

test("an installation without the site has none to open", async () => {
  expect(await openSite([tmpdir()])).toBeUndefined();
});
