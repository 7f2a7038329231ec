import { escapeTerminal } from "@sipwhy/core/view";

/** Safe to show, and no longer than this; what is cut says so. */
export function clipped(text: string, most: number): string {
  return escapeTerminal(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}
