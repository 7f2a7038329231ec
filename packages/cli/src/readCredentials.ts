import { readFileSync } from "node:fs";
import { parsePasswords, type Passwords } from "@sipwhy/core";

/** The passwords of a file, or why there are none; the sentence is `error.credentials.<kind>` in content/<lang>/help.json. */
export type CredentialsFile = Passwords | { readonly kind: "unreadable"; readonly reason: string };

/** Reads `user,realm,password` lines, or JSON: see `parsePasswords`. */
export function readCredentials(path: string): CredentialsFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error && "code" in error ? String(error.code) : "" };
  }
  return parsePasswords(text);
}
