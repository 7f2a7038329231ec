import { readFileSync } from "node:fs";

/** The text of a TLS key log, or why there is none; the sentence is `error.keylog.<kind>` in content/<lang>/help.json. */
export type KeyLogFile =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: string }
  /** It says something, and no line of it is one of a key log. What stands there is not repeated. */
  | { readonly kind: "malformed" };

/** Label, random of the ClientHello, secret. */
const KEY_LINE = /^[A-Z][A-Z0-9_]*[ \t]+[0-9a-fA-F]{64}[ \t]+[0-9a-fA-F]{32,128}[ \t]*\r?$/mu;

/** Programs begin a log with a comment; until a connection is made there is nothing else in it. */
const NOTHING_ELSE = /^(?:#.*|\s*)$/u;

/** Reads a file as programs write it where `SSLKEYLOGFILE` is set; lines of other kinds do not count. */
export function readKeyLog(path: string): KeyLogFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error && "code" in error ? String(error.code) : "" };
  }
  const isKeyLog = KEY_LINE.test(text) || text.split("\n").every((line) => NOTHING_ELSE.test(line));
  return isKeyLog ? { kind: "read", text } : { kind: "malformed" };
}
