import type { UnplacedIncident } from "./unpacking.ts";

/** A file in a container. */
export interface Member {
  readonly name: string;
  readonly chunks: readonly Uint8Array[];
  /** The container ends inside it, or there was no room for all of it. */
  readonly isCut: boolean;
  /** It is packed by itself. */
  readonly isDeflated?: boolean;
}

export interface ContainerReading {
  tell(incident: UnplacedIncident): void;
  /** Bytes that may still be held. */
  room(): number;
}
