import { existsSync } from "node:fs";

/** True for `sipwhy live`: unless a file has that name. */
export function isLive([first]: readonly string[], exists: (path: string) => boolean = existsSync): boolean {
  return first === "live" && !exists(first);
}
