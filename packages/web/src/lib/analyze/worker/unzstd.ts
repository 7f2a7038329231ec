import { unzstdBy } from "@sipwhy/core";

/** zstd, which browsers do not unpack by themselves. */
export const unzstd = unzstdBy(() => import("fzstd"));
