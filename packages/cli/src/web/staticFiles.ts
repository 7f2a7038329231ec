import { readdirSync, statSync } from "node:fs";
import { extname, join } from "node:path";

/** A file that is sent as it is. */
export interface StaticFile {
  readonly path: string;
  readonly bytes: number;
  readonly contentType: string;
  /** Its name changes with its content. */
  readonly isImmutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".pcap": "application/vnd.tcpdump.pcap",
  ".pcapng": "application/octet-stream",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

/** Every file below a folder by its path in an address. Only what is listed here is ever sent: no path leads out of the folder. */
export function staticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.flatMap((name): [string, StaticFile][] => {
    const path = join(folder, name);
    const entry = statSync(path);
    if (!entry.isFile()) return [];
    const address = `/${name.replaceAll("\\", "/")}`;
    const contentType = contentTypes[extname(name)] ?? "application/octet-stream";
    return [[address, { path, bytes: entry.size, contentType, isImmutable: address.startsWith("/_app/immutable/") }]];
  });
  return new Map(files);
}
