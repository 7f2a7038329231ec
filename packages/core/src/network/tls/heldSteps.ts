import type { ReadingPlace } from "../streamReader.ts";
import type { HeldStep } from "./awaitedKeys.ts";

export type Place = ReadingPlace & { readonly earlier: ReadingPlace };

/** Bytes, missing bytes and the end of a stream; something wrong with its packets; the end of the connection. */
export type StepKind = "stream" | "fault" | "end";

interface OwnStep extends HeldStep {
  readonly isForward: boolean;
  readonly place: ReadingPlace;
  readonly kind: StepKind;
}

/** What the sides of a connection did, each step to be done again as of the frame in which it was done. */
export class HeldSteps {
  readonly #placeOf: (isForward: boolean) => Place;
  readonly #steps: OwnStep[] = [];
  bytes = 0;

  constructor(placeOf: (isForward: boolean) => Place) {
    this.#placeOf = placeOf;
  }

  get all(): readonly HeldStep[] {
    return this.#steps;
  }

  add(isForward: boolean, bytes: number, act: () => void, kind: StepKind): void {
    const { frame, timeMicros, ipId } = this.#placeOf(isForward);
    const step: OwnStep = {
      isForward,
      place: { frame, timeMicros, ipId },
      timeMicros: Math.max(this.#steps.at(-1)?.timeMicros ?? timeMicros, timeMicros),
      kind,
      read: () => this.#at(step, act),
    };
    this.#steps.push(step);
    this.bytes += bytes;
  }

  read(...kinds: readonly StepKind[]): void {
    for (const { kind, read } of this.#steps) if (kinds.includes(kind)) read();
  }

  /** As of the frame of the first step, where there is one. */
  atFirst(act: (isForward: boolean) => void): void {
    const [first] = this.#steps;
    if (first !== undefined) this.#at(first, () => act(first.isForward));
  }

  #at({ isForward, place }: OwnStep, act: () => void): void {
    const current = this.#placeOf(isForward);
    const { frame, timeMicros, ipId } = current;
    Object.assign(current, place);
    Object.assign(current.earlier, place);
    act();
    Object.assign(current, { frame, timeMicros, ipId });
  }
}
