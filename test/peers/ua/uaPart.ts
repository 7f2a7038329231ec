/** Where a scripted user agent stands, and what its script is told. */
export interface UaPart {
  readonly address: string;
  readonly port: number;
  readonly next: string;
  readonly nextPort: number;
  readonly transport: "udp" | "tcp" | "tcp-listen" | "ws";
  readonly args: Readonly<Record<string, string>>;
}
