// `npm run check:links` follows every link of the site as it was built.
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

export interface CheckedLinks {
  /** `ja/codes/502/ -> ja/codes/5022/`. */
  readonly dead: readonly string[];
  readonly followed: number;
}

/** Follows the links of every page to other pages, to parts of pages and to files. `isLeftOut`: pages that this site does without. */
export function checkLinks(site: string, isLeftOut: (path: string) => boolean = () => false): CheckedLinks {
  const pages = globSync("**/*.html", { cwd: site });
  const partsByFile = new Map<string, ReadonlySet<string>>();
  const known = new Map<string, boolean>();
  const dead: string[] = [];
  let followed = 0;
  for (const page of pages) {
    const html = readFileSync(join(site, page), "utf8");
    for (const link of linksOf(html)) {
      followed += 1;
      const [path, part] = targetOf(page, link);
      const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
      if (!known.has(file)) known.set(file, existsSync(join(site, file)));
      if (!known.get(file)) {
        if (!isLeftOut(path)) dead.push(`${page} -> ${path}`);
      } else if (part !== undefined && !partsOf(site, file, partsByFile).has(part))
        dead.push(`${page} -> ${path}#${part}`);
    }
  }
  return { dead: [...new Set(dead)], followed };
}

/** Without those to other sites: citations, and the address that the site was built for. */
function linksOf(html: string): string[] {
  const links = [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/gu)].map(([, link]) => link);
  return links.filter((link) => !/^[a-z]+:/iu.test(link));
}

function targetOf(page: string, link: string): [string, string | undefined] {
  const [path, part] = link.split("#");
  if (path === "") return [page.replace(/index\.html$/u, ""), part];
  const target = path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(page), path);
  return [target.replace(/^\.\//u, "").replace(/\?.*$/u, ""), part];
}

function partsOf(site: string, file: string, known: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const parts =
    known.get(file) ??
    new Set([...readFileSync(join(site, file), "utf8").matchAll(/\sid="([^"]*)"/gu)].map(([, id]) => id));
  known.set(file, parts);
  return parts;
}

if (import.meta.main) {
  const { dead, followed } = checkLinks(process.argv[2] ?? "packages/web/dist/site");
  for (const link of dead) console.error(link);
  console.log(`${followed} links, ${dead.length} dead`);
  if (dead.length > 0) process.exitCode = 1;
}
