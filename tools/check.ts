import { checkCitations } from "./content/checks/citations.ts";
import { checkClosedSets } from "./content/checks/closedSets.ts";
import type { Problem } from "./content/checks/problem.ts";
import { checkRegistry } from "./content/checks/registry.ts";
import { checkStructure } from "./content/checks/structure.ts";
import { checkTranslations, translationStates } from "./content/checks/translations.ts";
import { checkSymptoms } from "./content/checks/symptoms.ts";
import { checkUniqueness } from "./content/checks/uniqueness.ts";
import { allLocales, begunLocales, sourceTag } from "./content/locales.ts";
import { workspaceRoot } from "./content/paths.ts";

/** Everything that is wrong with content, or with what source cites. A page that does not parse hides what depends on it. */
export function checkContent(root: string): Problem[] {
  const structure = checkStructure(root);
  if (structure.length > 0) return [...structure, ...checkCitations(root), ...checkTranslations(root)];
  return [
    ...checkRegistry(root),
    ...checkCitations(root),
    ...checkClosedSets(root),
    ...checkSymptoms(root),
    ...checkUniqueness(root),
    ...checkTranslations(root),
  ];
}

/** One line a language: how much of it is missing, stale and current. */
export function reportTranslations(root: string): string[] {
  const begun = new Set(begunLocales(root).map(({ tag }) => tag));
  return allLocales(root)
    .filter(({ tag }) => tag !== sourceTag)
    .map(({ tag }) => {
      if (!begun.has(tag)) return `${tag.padEnd(8)} not begun`;
      const { missing, stale, current } = translationStates(root, tag);
      return `${tag.padEnd(8)} ${current.length} current, ${stale.length} stale, ${missing.length} missing`;
    });
}

// `npm run check`: all; `npm run check -- ja`: only what lies in content/ja/.
if (import.meta.main) {
  const only = process.argv[2];
  const problems = checkContent(workspaceRoot).filter(({ path }) => !only || path.startsWith(`content/${only}/`));
  for (const { path, message } of problems) console.error(`${path}: ${message}`);
  console.log(reportTranslations(workspaceRoot).join("\n"));
  console.log(problems.length === 0 ? "content is in order" : `${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
}
