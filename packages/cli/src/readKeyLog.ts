import { isKeyLog } from "@sipwhy/core";
import { readText, type TextFile } from "./readText.ts";

/**
 * The text of a TLS key log, or why there is none; the sentence is `error.keylog.<kind>` in content/<lang>/help.json. A malformed one says
 * something, and no line of it is one of a key log. What stands there is not repeated.
 */
export type KeyLogFile = TextFile | { readonly kind: "malformed" };

/** Reads a file as programs write it where `SSLKEYLOGFILE` is set; lines of other kinds do not count. */
export function readKeyLog(path: string): KeyLogFile {
  const file = readText(path);
  return file.kind === "unreadable" || isKeyLog(file.text) ? file : { kind: "malformed" };
}
