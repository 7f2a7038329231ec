import type { Password } from "@sipwhy/core";
import type { SipwhyContext } from "./context.ts";
import { helpText } from "./helpText.ts";
import { readCredentials } from "./readCredentials.ts";
import { unreadableKey } from "./readText.ts";

/** The passwords of `--credentials`; says what is wrong with the file where it has none. */
export function passwordsOf(
  { language, process }: SipwhyContext,
  path: string | undefined,
): readonly Password[] | undefined {
  if (path === undefined) return [];
  const file = readCredentials(path);
  if (file.kind === "read") return file.passwords;
  const reason = file.kind === "unreadable" ? file.reason : "";
  const line = file.kind === "malformed" ? file.line : 0;
  const key = file.kind === "unreadable" ? unreadableKey("credentials", reason) : "error.credentials.malformed";
  process.stderr.write(`sipwhy: ${helpText(language, key, { name: path, reason, line })}\n`);
  return undefined;
}
