import type { Source } from "./protocol.ts";

/** Of a folder with more than this, the first by name. */
const MOST = 1000;

/** What was dropped as captures: files, and those of folders under the name that they have there. */
export async function droppedSources(data: DataTransfer | null): Promise<Source[]> {
  // Both lists are empty once something has been waited for.
  const files = [...(data?.files ?? [])].map((file) => ({ name: file.name, data: file }));
  const entries = [...(data?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.every(({ isFile }) => isFile)) return files;
  const found: Source[] = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry: FileSystemEntry, found: Source[]): Promise<void> {
  // What an operating system leaves in folders begins with a dot.
  if (entry.name.startsWith(".") || found.length >= MOST) return;
  if (isFolder(entry)) {
    for (const inside of await entriesOf(entry)) await collect(inside, found);
    return;
  }
  const data = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
  found.push({ name: entry.fullPath.replace(/^\//u, ""), data });
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** By name: `capture-2` before `capture-10`. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // They come a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    entries.push(...some);
  }
  return entries.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}
