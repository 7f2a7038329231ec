import { readFileSync } from "node:fs";
import { problemOf } from "./readInput.ts";

/** The text of a file, or why there is none, as the system calls it. */
export type TextFile =
  | { readonly kind: "read"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Without the mark that some editors begin a file with. */
export function readText(path: string): TextFile {
  try {
    return { kind: "read", text: readFileSync(path, "utf8").replace(/^\uFEFF/u, "") };
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error && "code" in error ? String(error.code) : "" };
  }
}

/** The sentence of help.json: the usual reasons are told in words. */
export function unreadableKey(file: "keylog" | "credentials", reason: string): string {
  const { kind } = problemOf({ code: reason });
  return kind === "missing" || kind === "denied" ? `error.input.${kind}` : `error.${file}.unreadable`;
}
