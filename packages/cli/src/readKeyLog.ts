import { readFileSync } from "node:fs";
import { isKeyLog } from "@sipwhy/core";

/** The text of a TLS key log, or why there is none; the sentence is `error.keylog.<kind>` in content/<lang>/help.json. */
export type KeyLogFile =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: string }
  /** It says something, and no line of it is one of a key log. What stands there is not repeated. */
  | { readonly kind: "malformed" };

/** Reads a file as programs write it where `SSLKEYLOGFILE` is set; lines of other kinds do not count. */
export function readKeyLog(path: string): KeyLogFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error && "code" in error ? String(error.code) : "" };
  }
  return isKeyLog(text) ? { kind: "read", text } : { kind: "malformed" };
}
