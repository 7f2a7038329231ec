import { isKeyLog, parsePasswords, type Password } from "@sipwhy/core";
import { FileChanged } from "./fileChanged.ts";

/** What opens what the captures keep closed. */
export interface Secrets {
  readonly keyLog: string;
  readonly credentials: readonly Password[];
  /** Files that hold neither. */
  readonly unread: readonly string[];
}

/** Key logs and files of passwords, told apart by what stands in them. */
export async function readSecrets(files: readonly File[]): Promise<Secrets> {
  const keyLogs: string[] = [];
  const credentials: Password[] = [];
  const unread: string[] = [];
  for (const file of files) {
    const whole = await file.text().catch(() => Promise.reject(new FileChanged(file.name)));
    const text = whole.replace(/^\uFEFF/u, "");
    const found = isKeyLog(text) ? undefined : parsePasswords(text);
    if (found === undefined) keyLogs.push(text);
    else if (found.kind === "read" && found.passwords.length > 0) credentials.push(...found.passwords);
    else unread.push(file.name);
  }
  return { keyLog: keyLogs.join("\n"), credentials, unread };
}
