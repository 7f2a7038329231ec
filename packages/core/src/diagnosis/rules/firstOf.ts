import type { MediaFlow } from "../mediaFlows.ts";
import type { Found } from "./mediaFinding.ts";

export function firstOf(flows: readonly MediaFlow[], find: (flow: MediaFlow) => Found | undefined): Found | undefined {
  for (const flow of flows) {
    const found = find(flow);
    if (found !== undefined) return found;
  }
  return undefined;
}
