/** AF_INET, the same everywhere. */
export const IPV4_FAMILY = 2;
/** AF_INET6 of Linux, the BSDs and Darwin: whoever writes a capture, or HEP, uses its own. */
export const IPV6_FAMILIES: readonly number[] = [10, 24, 28, 30];
