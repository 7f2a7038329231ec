import { parsePasswords, type Passwords } from "@sipwhy/core";
import { readText, type TextFile } from "./readText.ts";

/** The passwords of a file, or why there are none; the sentence is `error.credentials.<kind>` in content/<lang>/help.json. */
export type CredentialsFile = Passwords | Extract<TextFile, { readonly kind: "unreadable" }>;

/** Reads `user,realm,password` lines, or JSON: see `parsePasswords`. */
export function readCredentials(path: string): CredentialsFile {
  const file = readText(path);
  return file.kind === "unreadable" ? file : parsePasswords(file.text);
}
