/** Timer values of RFC 3261 §17.1.1.1 and Table 4, in microseconds. */
export const T1: number = 500_000;
/** Timers B, F, H and J, and the time a 2xx is retransmitted: 64*T1. */
export const timerB: number = 64 * T1;
/** A proxy's timer for an INVITE that was answered provisionally: more than three minutes. RFC 3261 §16.6 */
export const timerC: number = 180_000_000;
