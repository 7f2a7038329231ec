/** A page of the reference is HTML alone; those that need a script say so themselves. */
export const csr = false;
export const prerender = true;
/** Folders with an index.html, which every file host serves. */
export const trailingSlash = "always";
