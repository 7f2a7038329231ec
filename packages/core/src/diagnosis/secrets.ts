import type { Password } from "./passwordProof.ts";

/** The passwords of a text, or the line that is none: 0 where it is JSON. What stands there is not repeated: it may be a password. */
export type Passwords =
  | { readonly kind: "read"; readonly passwords: readonly Password[] }
  | { readonly kind: "malformed"; readonly line: number };

/**
 * Reads `user,realm,password` lines, the password being all after the second comma; empty lines and those that begin with `#` do not
 * count. Or JSON: a list of objects with `user` (or `username`), `realm` and `password`.
 */
export function parsePasswords(text: string): Passwords {
  return text.trimStart().startsWith("[") ? fromJson(text) : fromLines(text);
}

/** True for a text with a line as programs write it where `SSLKEYLOGFILE` is set; lines of other kinds do not count. Nothing is a key log, too. */
export function isKeyLog(text: string): boolean {
  return KEY_LINE.test(text) || text.split("\n").every((line) => NOTHING_ELSE.test(line));
}

/** Label, random of the ClientHello, secret. */
const KEY_LINE = /^[A-Z][A-Z0-9_]*[ \t]+[0-9a-fA-F]{64}[ \t]+[0-9a-fA-F]{32,128}[ \t]*\r?$/mu;

/** Programs begin a log with a comment; until a connection is made there is nothing else in it. */
const NOTHING_ELSE = /^(?:#.*|\s*)$/u;

function fromLines(text: string): Passwords {
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

function fromJson(text: string): Passwords {
  const malformed: Passwords = { kind: "malformed", line: 0 };
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
