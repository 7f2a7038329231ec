/** Something in content or source that must be put right. */
export interface Problem {
  /** From the workspace root. */
  readonly path: string;
  readonly message: string;
}
