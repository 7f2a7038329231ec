// docs/rules.md lists every rule as it is. `UPDATE_DOCS=1 npx vitest run test/rulesPage.test.ts` writes the list.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rules } from "../packages/core/src/diagnosis/rules.generated.ts";
import { formatText } from "../packages/core/src/language/format.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { root } from "./sources.ts";

const path = join(root, "docs/rules.md");
const end = "from the rules and their English prose. -->\n";

function listOfRules(): string {
  const rows = rules.map(({ id, inspects, citations }) => {
    const { title, why } = language.rules[id];
    const causes = Object.keys(why).filter((cause) => cause !== "");
    const shown = causes.length === 0 ? "-" : causes.map((cause) => `\`${cause}\``).join(", ");
    return `| \`${id}\` | ${inspects} | ${formatText(title, {}, "en")} | ${shown} | ${citations.join("; ")} |\n`;
  });
  return `\n| id | inspects | says | causes | stands on |\n| --- | --- | --- | --- | --- |\n${rows.join("")}`;
}

test("docs/rules.md lists every rule with its causes and citations", () => {
  const page = readFileSync(path, "utf8");
  const written = page.slice(0, page.indexOf(end) + end.length) + listOfRules();
  if (process.env.UPDATE_DOCS !== undefined) writeFileSync(path, written);
  expect(readFileSync(path, "utf8")).toBe(written);
});
