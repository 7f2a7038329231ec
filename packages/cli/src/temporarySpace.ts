import { mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Space } from "@sipwhy/core";

/** A file that only this process sees, and that is gone when it ends. It is made when the first bytes come. */
export class TemporarySpace implements Space {
  #descriptor = -1;

  write(offset: number, bytes: Uint8Array): boolean {
    try {
      if (this.#descriptor < 0) this.#descriptor = openAndUnlink();
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#descriptor, bytes, done, bytes.length - done, offset + done);
      }
    } catch {
      // No room, or no folder for it: the bytes stay where they are.
      return false;
    }
    return true;
  }

  read(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const read = readSync(this.#descriptor, bytes, done, length - done, offset + done);
      if (read === 0) throw new RangeError("a temporary file is shorter than what was written to it");
      done += read;
    }
    return bytes;
  }
}

/** Without a name nobody else can open it. Windows keeps the name until it is closed. */
function openAndUnlink(): number {
  const folder = mkdtempSync(join(tmpdir(), "sipwhy-"));
  const descriptor = openSync(join(folder, "space"), "wx+", 0o600);
  try {
    rmSync(folder, { recursive: true });
  } catch {
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  }
  return descriptor;
}
