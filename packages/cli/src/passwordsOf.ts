import type { Password } from "@sipwhy/core";
import type { SipwhyContext } from "./context.ts";
import { readCredentials } from "./readCredentials.ts";
import { unreadableKey } from "./readText.ts";
import { tellError } from "./tellError.ts";

/** The passwords of `--credentials`; says what is wrong with the file where it has none. */
export function passwordsOf(context: SipwhyContext, path: string | undefined): readonly Password[] | undefined {
  if (path === undefined) return [];
  const file = readCredentials(path);
  if (file.kind === "read") return file.passwords;
  const reason = file.kind === "unreadable" ? file.reason : "";
  const line = file.kind === "malformed" ? file.line : 0;
  const key = file.kind === "unreadable" ? unreadableKey("credentials", reason) : "error.credentials.malformed";
  tellError(context, key, { name: path, reason, line });
  return undefined;
}
