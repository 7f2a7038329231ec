/** Builds what is missing or old; the exit status. */
export function buildSite(): number;

/** When the newest of what the site is made of was changed, in milliseconds. */
export function newestSource(): number;
