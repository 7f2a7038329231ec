import type { Say } from "#lib/languages/words.ts";
import type { News } from "./protocol.ts";

/** Why the worker could not read, or not answer. */
export type Failure = Pick<Extract<News, { kind: "failed" }>, "reason" | "file" | "notLoaded">;

/** The failure of a question, as its promise was rejected. */
export class QuestionFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

export function failureText({ reason, file, notLoaded }: Failure, say: Say): string {
  if (notLoaded === true) return say("analyze.notLoaded");
  return file === undefined ? reason : say("analyze.fileChanged", { name: file });
}
