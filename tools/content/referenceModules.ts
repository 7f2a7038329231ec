import type { GeneratedFile } from "./emit.ts";

/** Facts and prose of the reference. */
export function referenceModules(_root: string): GeneratedFile[] {
  return [];
}
