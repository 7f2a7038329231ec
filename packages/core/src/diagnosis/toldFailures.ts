import type { ConnectionFailure, FailureEvent } from "./connectionFailures.ts";
import type { AnyDraft, Finding } from "./diagnose.ts";
import { failedSides } from "./failedSides.ts";
import type { Evidence } from "./rule.ts";

const MAX_TOLD = 10_000;
const KINDS: ReadonlySet<string> = new Set<FailureEvent["kind"]>(["connection-reset", "icmp-unreachable"]);

/** Connections that were not opened and that findings of calls name as what came of it: these tell of them. */
export class ToldFailures {
  readonly #keys = new Set<string>();

  learn(findings: readonly Finding[]): void {
    for (const key of findings.flatMap(({ draft }) => keysIn(draft))) {
      if (this.#keys.size < MAX_TOLD) this.#keys.add(key);
    }
  }

  values(): readonly string[] {
    return [...this.#keys];
  }
}

/** Those that are not told with calls, or happened to more clients than these calls name. */
export function notToldWithCalls(failures: readonly ConnectionFailure[], told: readonly string[]): ConnectionFailure[] {
  const keys = new Set(told);
  return failures.filter(({ first, clients }) => {
    const server = failedSides(first).server.text;
    return ![...clients].every((client) => keys.has(keyOf(first.kind, client, server)));
  });
}

function keysIn({ evidence }: AnyDraft): string[] {
  return evidence.filter(isFailure).map((event) => {
    const { client, server } = failedSides(event);
    return keyOf(event.kind, client.address, server.text);
  });
}

function isFailure(evidence: Evidence): evidence is FailureEvent {
  return "kind" in evidence && KINDS.has(evidence.kind);
}

function keyOf(kind: FailureEvent["kind"], client: string, server: string): string {
  return `${kind} ${client} ${server}`;
}
