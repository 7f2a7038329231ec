import { readFileSync } from "node:fs";
import type { Password } from "@sipwhy/core";

/** The passwords of a file, or why there are none; the sentence is `error.credentials.<kind>` in content/<lang>/help.json. */
export type CredentialsFile =
  | { readonly kind: "read"; readonly passwords: readonly Password[] }
  | { readonly kind: "unreadable"; readonly reason: string }
  /** `line` is 0 where it is JSON. What stands there is not repeated: it may be a password. */
  | { readonly kind: "malformed"; readonly line: number };

/**
 * Reads `user,realm,password` lines, the password being all after the second comma; empty lines and those that begin with `#` do not
 * count. Or JSON: a list of objects with `user` (or `username`), `realm` and `password`.
 */
export function readCredentials(path: string): CredentialsFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error && "code" in error ? String(error.code) : "" };
  }
  return text.trimStart().startsWith("[") ? fromJson(text) : fromLines(text);
}

function fromLines(text: string): CredentialsFile {
  const passwords: Password[] = [];
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const first = line.indexOf(",");
    const second = line.indexOf(",", first + 1);
    if (first < 1 || second < 0) return { kind: "malformed", line: index + 1 };
    passwords.push({
      username: line.slice(0, first).trim(),
      realm: line.slice(first + 1, second).trim(),
      password: line.slice(second + 1),
    });
  }
  return { kind: "read", passwords };
}

function fromJson(text: string): CredentialsFile {
  const malformed: CredentialsFile = { kind: "malformed", line: 0 };
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    return malformed;
  }
  if (!Array.isArray(entries)) return malformed;
  const passwords = entries.map(passwordOf);
  return passwords.every((entry) => entry !== undefined) ? { kind: "read", passwords } : malformed;
}

function passwordOf(entry: unknown): Password | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const { user, username = user, realm, password } = entry as Readonly<Record<string, unknown>>;
  if (typeof username !== "string" || typeof realm !== "string" || typeof password !== "string") return undefined;
  return { username, realm, password };
}
