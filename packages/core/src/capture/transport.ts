/** What a message travels over. */
export type Transport = "udp" | "tcp" | "tls" | "sctp" | "ws" | "wss";

/** By the number that stands for each. */
export const transports: readonly Transport[] = ["udp", "tcp", "tls", "sctp", "ws", "wss"];
