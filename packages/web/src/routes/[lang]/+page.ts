/** A capture can be dropped on it. */
export const csr = true;
