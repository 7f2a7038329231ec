/** The flags of `sipwhy`, as they are after parsing. */
export interface Flags {
  readonly format?: Format;
  readonly call?: string;
  readonly only?: "failed";
  readonly ladder?: boolean;
  /** Tell of calls as they end, while the input is still being written. */
  readonly follow?: boolean;
  readonly explainInput?: boolean;
  /** Replace what tells who and where. */
  readonly redact?: boolean;
  readonly failOn?: readonly string[];
  /** A file of passwords. */
  readonly credentials?: string;
  /** A file of TLS secrets. */
  readonly keylog?: string;
  readonly lang?: string;
  readonly color?: "auto" | "always" | "never";
  /** Of response codes: `4`, `4xx`. */
  readonly class?: string;
  readonly width?: number;
  /** With `web`. */
  readonly port?: number;
}

export const formats = ["text", "json", "markdown", "html"] as const;
export type Format = (typeof formats)[number];
