import { unzstdBy } from "@sipwhy/core";

/**
 * zstd (RFC 8878). By a package also where Node could do it, from 22.15 on: Node stops after the first of several frames and does not say
 * so, and `pzstd` writes many.
 */
export const unzstd: ReturnType<typeof unzstdBy> = unzstdBy(() => import("fzstd"));
