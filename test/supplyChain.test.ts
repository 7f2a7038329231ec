import { expect, test } from "vitest";
import { sbom } from "../tools/sbom.ts";
import { readSources } from "./sources.ts";

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const [lock] = readSources("package-lock.json");
const packages = new Map(Object.entries<LockedPackage>(JSON.parse(lock.text).packages));

test("nothing runs a script when it is installed but the pinned Node", () => {
  const [manifest] = readSources("package.json");
  const withScripts = [...packages].filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(withScripts.map(([path]) => path)).toEqual(["node_modules/node"]);
  expect(JSON.parse(manifest.text).allowScripts).toEqual({ node: true });
});

test("our own packages that are published run none either", () => {
  const manifests = readSources("packages/*/package.json").map(({ text }) => JSON.parse(text));
  const published = manifests.filter((manifest) => manifest.private !== true);
  expect(published.length).toBeGreaterThan(1);
  const run = published
    .flatMap(({ scripts = {} }) => Object.keys(scripts))
    .filter((name) => /install|^prepare/u.test(name));
  expect(run).toEqual([]);
});

test("the bill of materials lists all that ships, with licence and digest, and nothing else", () => {
  const { bomFormat, metadata, components } = sbom();
  expect(bomFormat).toBe("CycloneDX");
  expect(metadata.component).toMatchObject({ name: "sipwhy", type: "application", purl: "pkg:npm/sipwhy@0.1.0" });
  expect(components.map(({ name }) => name).toSorted()).toEqual(shippedWith("packages/cli"));
  for (const { name, version, licenses, hashes } of components) {
    expect(licenses?.map(({ license }) => license.id).join(), name).not.toBe("");
    const locked = packages.get(`node_modules/${name}`);
    if (locked?.integrity === undefined) continue;
    expect(version).toBe(locked.version);
    expect(`sha512-${Buffer.from(hashes![0].content, "hex").toString("base64")}`).toBe(locked.integrity);
  }
});

/** Names of what a package of ours depends on, and what those depend on, by the lock file. */
function shippedWith(path: string): string[] {
  const found = new Set<string>();
  const add = (dependencies: LockedPackage["dependencies"] = {}): void => {
    for (const name of Object.keys(dependencies)) {
      if (found.has(name)) continue;
      found.add(name);
      add((packages.get(`node_modules/${name}`) ?? {}).dependencies);
      add(packages.get(`packages/${name.replace("@sipwhy/", "")}`)?.dependencies);
    }
  };
  add(packages.get(path)?.dependencies);
  return [...found].toSorted();
}
