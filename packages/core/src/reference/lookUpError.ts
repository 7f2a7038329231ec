export type LookUpErrorCode =
  | "not-a-status-code"
  | "not-registered"
  | "not-a-class"
  | "not-a-cause"
  | "unknown-cause"
  | "unknown-warning"
  | "unknown-reason"
  | "same-code-twice";

/** The caller asked for something that cannot be looked up. `code` is stable; the message is for developers. */
export class LookUpError extends Error {
  readonly code: LookUpErrorCode;
  /** What was asked for. */
  readonly value: string;

  constructor(code: LookUpErrorCode, value: string | number) {
    super(`${code}: ${value}`);
    this.name = "LookUpError";
    this.code = code;
    this.value = String(value);
  }
}
