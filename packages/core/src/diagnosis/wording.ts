import type { Reason } from "../message/reason.ts";

/** Values joined by commas; `none` where there is none, which the prose tells apart. */
export function listed(values: readonly string[]): string {
  return values.length === 0 ? "none" : values.join(", ");
}

/** A Reason value as it reads: protocol, cause, and in brackets its text. */
export function reasonText({ protocol, cause, text }: Pick<Reason, "protocol" | "cause" | "text">): string {
  return [protocol, cause ?? "", text === undefined ? "" : `(${text})`].join(" ").trim();
}
