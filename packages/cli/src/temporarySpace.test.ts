import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { TemporarySpace } from "./temporarySpace.ts";

test("what was written is read again by offset, and no file is left to be found", () => {
  const space = new TemporarySpace();
  expect(space.write(0, new TextEncoder().encode("first, "))).toBe(true);
  expect(space.write(7, new TextEncoder().encode("second"))).toBe(true);
  expect(new TextDecoder().decode(space.read(7, 6))).toBe("second");
  expect(new TextDecoder().decode(space.read(0, 5))).toBe("first");
  expect(readdirSync(tmpdir()).filter((name) => /^sipwhy-\w{6}$/.test(name) && isOurs(name))).toEqual([]);
});

/** Holds the file of a space. */
function isOurs(name: string): boolean {
  return readdirSync(`${tmpdir()}/${name}`).includes("space");
}
