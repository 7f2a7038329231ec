import type { Block, Page, Row } from "../reference/page.ts";
import { escapeMarkdown } from "./escapeMarkdown.ts";

/** A page of the reference as Markdown; tables are those of GitHub. */
export function referenceMarkdown(page: Page): string {
  const parts = [
    `# ${escapeMarkdown(page.title)}`,
    ...(page.summary ? [escapeMarkdown(page.summary)] : []),
    ...page.sections.flatMap(({ heading, blocks }) => [`## ${escapeMarkdown(heading)}`, ...blocks.map(blockText)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return escapeMarkdown(block.text);
    case "subheading":
      return `${"#".repeat(block.level + 2)} ${escapeMarkdown(block.text)}`;
    case "items":
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join("\n");
    case "steps":
      return block.items.map((item, index) => `${index + 1}. ${escapeMarkdown(item)}`).join("\n");
    case "rows":
      return tableText(block.rows);
  }
}

function tableText(rows: readonly Row[]): string {
  const lines = rows.map(({ label, value }) => `| ${escapeMarkdown(label)} | ${escapeMarkdown(value)} |`);
  return ["|  |  |", "| --- | --- |", ...lines].join("\n");
}
