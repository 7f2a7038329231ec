declare module "virtual:content-state" {
  /** When a file of content/ changed last, by path from the workspace root. */
  export const dates: Readonly<Record<string, string>>;
  /** Translations that are older than their English. */
  export const stale: readonly string[];
  /** When the copy of IANA's registry was made. */
  export const registryDate: string;
}

declare module "virtual:flows" {
  import type { SentMessage, Side } from "@sipwhy/core/export";

  /** With the text of both, as the ladder has it. */
  type NamedSide = Side & { readonly text: string };

  export interface FlowSource {
    /** The elements and what each is: `caller`, `proxy`. */
    readonly lanes: readonly { readonly address: string; readonly role: string }[];
    readonly messages: readonly FlowMessage[];
  }
  export interface FlowMessage {
    readonly timeMicros: number;
    readonly transport: SentMessage["transport"];
    readonly source: NamedSide;
    readonly destination: NamedSide;
    readonly text: string;
  }
  export interface RuleExample {
    readonly cause: string;
    /** How sure the rule is of it. */
    readonly verdict: string;
    readonly messages: readonly FlowMessage[];
  }
  /** The example of each response code that has one. */
  export const flowsByCode: Readonly<Record<string, FlowSource>>;
  /** Traffic in which a rule fires for a cause, by rule; the cause is "" where the rule has none. */
  export const flowsByRule: Readonly<Record<string, readonly RuleExample[]>>;
}
