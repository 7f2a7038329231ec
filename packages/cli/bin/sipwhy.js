#!/usr/bin/env node
import { existsSync } from "node:fs";

const main = new URL("../dist/main.js", import.meta.url);
if (existsSync(main)) {
  const { main: run } = await import(main.href);
  await run(process.argv.slice(2), process);
} else {
  console.error("sipwhy: not built yet; run `npm run build` in the repository first.");
  process.exitCode = 2;
}
