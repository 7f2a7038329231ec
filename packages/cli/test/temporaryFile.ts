import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "sipwhy-file-"));
let files = 0;

afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a file with this content, which is there until the tests of the file that asks have run. */
export function temporaryFile(content: string | Uint8Array): string {
  const path = join(folder, `${files++}`);
  writeFileSync(path, content);
  return path;
}
