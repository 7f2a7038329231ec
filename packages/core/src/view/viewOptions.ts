import type { Language } from "../language/language.ts";

export interface ViewOptions {
  readonly language: Language;
  /** Columns to write in; 80 unless given. Markdown and JSON do not wrap. */
  readonly width?: number;
  /** ANSI colours; none unless asked for. */
  readonly color?: boolean;
  /** Show only calls that went wrong. */
  readonly only?: "failed";
  /** Show only the call with this id or Call-ID. */
  readonly call?: string;
  /** Draw the messages of the calls that are told; needs a report with `messages`. */
  readonly ladder?: boolean;
  /** Tell what was recognised in each capture, what was not and why. It is told anyway where no SIP was found. */
  readonly explainInput?: boolean;
}
