/** The flags of `sipwhy live`, as they are after parsing. */
export interface LiveFlags {
  readonly interface?: string;
  readonly with?: "tcpdump" | "dumpcap";
  readonly write?: string;
  readonly rotateSize?: number;
  readonly rotateTime?: number;
  readonly rotateFiles?: number;
  readonly format?: "text" | "json";
  readonly only?: "failed";
  readonly ladder?: boolean;
  readonly explainInput?: boolean;
  readonly credentials?: string;
  readonly lang?: string;
  readonly color?: "auto" | "always" | "never";
  readonly width?: number;
}
