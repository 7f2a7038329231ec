import { joinsOnce, type LinkClue } from "./linkLegs.ts";
import type { LegPacket, OfferedClue, OpenCall } from "./openCall.ts";

const MAX_CLUES_PER_CALL = 64;

/** Clues of open calls that a leg which comes later may have as well. */
export class OfferedClues {
  /** By key: the call that offers it. */
  readonly #calls: Map<string, OpenCall> = new Map();

  get isEmpty(): boolean {
    return this.#calls.size === 0;
  }

  /** Of several calls with one key the first offers it, or the latest where the clue joins once. */
  add(call: OpenCall, clue: LinkClue, place: LegPacket): void {
    const holder = this.#calls.get(clue.key);
    if (holder !== undefined && !holder.gone && !joinsOnce(clue)) return;
    if (call.offered.length >= MAX_CLUES_PER_CALL) return;
    call.offered.push({ clue, place });
    this.#calls.set(clue.key, call);
  }

  first(key: string): OfferedClue | undefined {
    return this.#calls.get(key)?.offered.find(({ clue }) => clue.key === key);
  }

  latest(key: string): OfferedClue | undefined {
    return this.#calls.get(key)?.offered.findLast(({ clue }) => clue.key === key);
  }

  takeBack(call: OpenCall, { key }: LinkClue, place: LegPacket): void {
    call.offered = call.offered.filter((offered) => offered.clue.key !== key || offered.place !== place);
    const isOffered = call.offered.some(({ clue }) => clue.key === key);
    if (!isOffered && this.#calls.get(key) === call) this.#calls.delete(key);
  }

  /** All that one call offers the other one offers from now on. */
  move(from: OpenCall, into: OpenCall): void {
    for (const { clue } of from.offered) if (this.#calls.get(clue.key) === from) this.#calls.set(clue.key, into);
    into.offered.push(...from.offered);
  }

  forget(call: OpenCall): void {
    for (const { clue } of call.offered) if (this.#calls.get(clue.key) === call) this.#calls.delete(clue.key);
  }
}
