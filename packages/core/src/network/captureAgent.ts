import type { Endpoint } from "./packet.ts";

/** Who saw a packet that came in HEP: a vantage point. */
export interface CaptureAgent {
  /** As configured on the agent, which several may share; -1 where it is not said. */
  readonly id: number;
  readonly name?: string;
  /** Where its report came from; unknown for a file of raw HEP. */
  readonly address?: string;
}

/** The side of an agent's connection or socket, without the port: that may change. */
export function captureAgentOf(id: number, name: string | undefined, reporter: Endpoint | undefined): CaptureAgent {
  return { id, name, address: reporter?.address };
}

export function isSameAgent(a: CaptureAgent, b: CaptureAgent): boolean {
  return a.id === b.id && a.name === b.name && a.address === b.address;
}
