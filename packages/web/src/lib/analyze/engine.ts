import { QuestionFailed } from "./failure.ts";
import type { Answers, News, Order, Question, Source } from "./protocol.ts";

type Listener = (news: Exclude<News, { kind: "answer" }>) => void;

interface Waiting {
  /** The worker answers a question with what belongs to it. */
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** The worker, with questions as promises. Whatever is read stays in it. */
export class Engine {
  readonly #worker: Worker = new Worker(new URL("./worker/worker.ts", import.meta.url), { type: "module" });
  readonly #waiting: Map<number, Waiting> = new Map();
  #asked = 0;

  constructor(listen: Listener) {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<News>) => {
      if (data.kind === "answer") this.#settle(data.number)?.resolve(data.answer);
      else if (data.kind === "failed" && data.number !== undefined)
        this.#settle(data.number)?.reject(new QuestionFailed(data));
      else listen(data);
    });
    // What went wrong in it has a message; that it was not loaded is an event without one.
    this.#worker.addEventListener("error", (event: Event) => {
      if (event instanceof ErrorEvent) listen({ kind: "failed", reason: event.message });
      else listen({ kind: "failed", reason: "", notLoaded: true });
    });
  }

  /** Loads what reading will need. */
  prepare(tag: string): void {
    this.#send({ kind: "prepare", tag });
  }

  read(sources: readonly Source[], secrets: readonly File[], tag: string): void {
    this.#send({ kind: "read", sources, secrets, tag });
  }

  speak(tag: string): void {
    this.#send({ kind: "speak", tag });
  }

  stop(): void {
    this.#send({ kind: "stop" });
  }

  ask<Kind extends Question["kind"]>(question: Extract<Question, { kind: Kind }>): Promise<Answers[Kind]> {
    const number = ++this.#asked;
    this.#send({ kind: "ask", number, question });
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve: (answer) => resolve(answer as Answers[Kind]), reject });
    });
  }

  /** Ends the worker and forgets all that it holds. */
  end(): void {
    this.#worker.terminate();
    this.#waiting.clear();
  }

  #send(order: Order): void {
    this.#worker.postMessage(order);
  }

  #settle(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    return waiting;
  }
}
