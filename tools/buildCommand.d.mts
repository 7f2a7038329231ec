/** Builds what is missing or old; the exit status. */
export function buildCommand(): number;
