import type { Transport } from "../../network/packet.ts";

/** By the number that stands for each in a batch. */
export const transports: readonly Transport[] = ["udp", "tcp", "tls", "sctp", "ws", "wss"];
