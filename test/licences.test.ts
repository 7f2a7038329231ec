import { expect, test } from "vitest";
import { readSources } from "./sources.ts";

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

const permissive = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "BlueOak-1.0.0",
  "CC0-1.0",
]);
const [lock] = readSources("package-lock.json");
const packages = Object.entries<LockedPackage>(JSON.parse(lock.text).packages);

test("everything that is installed with sipwhy has a permissive licence", () => {
  const shipped = packages.filter(([path, { dev, link }]) => path.includes("node_modules/") && !dev && !link);
  expect(shipped.length).toBeGreaterThan(0);
  expect(shipped.filter(([, { license }]) => !permissive.has(license ?? ""))).toEqual([]);
});

test("the lock names no registry, so that it installs behind any mirror", () => {
  expect(packages.filter(([, { resolved, link }]) => resolved !== undefined && !link)).toEqual([]);
  expect(lock.text).not.toMatch(/https?:\/\/(registry|npm)[^"]*\.tgz/);
});

test("every locked package has the digest of its contents", () => {
  const foreign = packages.filter(([path, { link }]) => path.includes("node_modules/") && !link);
  expect(foreign.filter(([, { integrity }]) => !integrity)).toEqual([]);
});

test("our packages pin their dependencies to exact versions", () => {
  const manifests = readSources("package.json", "packages/*/package.json").map(({ text }) => JSON.parse(text));
  const versions = manifests.flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  );
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
});

test("code is MIT, content is CC BY 4.0, and every package says so", () => {
  const manifests = readSources("package.json", "packages/*/package.json").map(({ text }) => JSON.parse(text).license);
  expect(new Set(manifests)).toEqual(new Set(["MIT"]));
  const [content, code] = readSources("LICENSE", "content/LICENSE")
    .toSorted((a, b) => (a.path < b.path ? 1 : -1))
    .map(({ text }) => text);
  expect(code).toMatch(/^MIT License/);
  expect(content).toContain("CC-BY-4.0");
});
