import type { SipwhyContext } from "./context.ts";
import { helpText } from "./helpText.ts";
import { readKeyLog } from "./readKeyLog.ts";

/** The TLS key log of `--keylog`, empty without the option; says what is wrong with the file and returns nothing where it has none. */
export function keyLogOf({ language, process }: SipwhyContext, path: string | undefined): string | undefined {
  if (path === undefined) return "";
  const file = readKeyLog(path);
  if (file.kind === "read") return file.text;
  const values = { name: path, reason: file.kind === "unreadable" ? file.reason : "" };
  process.stderr.write(`sipwhy: ${helpText(language, `error.keylog.${file.kind}`, values)}\n`);
  return undefined;
}
