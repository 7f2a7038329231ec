export { escapeJson } from "./escapeJson.ts";
export { escapeTerminal } from "./escapeTerminal.ts";
export { referenceMarkdown } from "./referenceMarkdown.ts";
export { referenceText, type ReferenceTextOptions } from "./referenceText.ts";
