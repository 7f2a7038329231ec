import { Analysis } from "./analysis.svelte.ts";

/** What this document has read, whichever of its pages is shown. It is in memory alone: with the document it is gone. */
export const held = new Analysis();
