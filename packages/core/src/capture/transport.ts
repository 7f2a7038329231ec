/** What a message travels over. */
export type Transport = "udp" | "tcp" | "tls" | "sctp" | "ws" | "wss";

/** By the number that stands for each. */
export const transports: readonly Transport[] = ["udp", "tcp", "tls", "sctp", "ws", "wss"];

/** True where a message comes over a connection, of TCP or of SCTP. RFC 3261 §18, RFC 4168 §5, RFC 7118 */
export function isReliable(transport: Transport): boolean {
  return transport !== "udp";
}
