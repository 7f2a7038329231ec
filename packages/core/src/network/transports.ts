import type { Transport } from "./packet.ts";

/** By the number that stands for each. */
export const transports: readonly Transport[] = ["udp", "tcp", "tls", "sctp", "ws", "wss"];
