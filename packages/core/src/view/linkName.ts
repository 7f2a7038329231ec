import type { LinkKind } from "../call/call.ts";
import { visible } from "./page.ts";

/** What ties two legs together, as it stands in a sentence: a header field by its name, anything else in the reader's words. */
export function linkName(kind: string, say: (key: string) => string): string {
  const name = names[kind as LinkKind];
  if (name === undefined) return visible(kind, 40);
  return name === "" ? say(`link.${kind}`) : name;
}

const names: Readonly<Partial<Record<LinkKind, string>>> = {
  "session-id": "Session-ID",
  replaces: "Replaces",
  "target-dialog": "Target-Dialog",
  "referred-by": "Referred-By",
  "charging-vector": "P-Charging-Vector",
  "x-call-id": "",
  transfer: "",
  redirect: "",
  challenge: "",
  "other-offer": "",
  "sdp-origin": "",
  "media-address": "",
  "call-id-derived": "",
  "same-credentials": "",
  "same-users": "",
  "same-number": "",
  "rung-together": "",
  "same-answers": "",
};
