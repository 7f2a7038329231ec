import type { SipwhyContext } from "./context.ts";
import { readKeyLog } from "./readKeyLog.ts";
import { unreadableKey } from "./readText.ts";
import { tellError } from "./tellError.ts";

/** The TLS key log of `--keylog`, empty without the option; says what is wrong with the file and returns nothing where it has none. */
export function keyLogOf(context: SipwhyContext, path: string | undefined): string | undefined {
  if (path === undefined) return "";
  const file = readKeyLog(path);
  if (file.kind === "read") return file.text;
  const reason = file.kind === "unreadable" ? file.reason : "";
  const key = file.kind === "unreadable" ? unreadableKey("keylog", reason) : "error.keylog.malformed";
  tellError(context, key, { name: path, reason });
  return undefined;
}
