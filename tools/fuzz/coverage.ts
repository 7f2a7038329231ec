import { Session } from "node:inspector";

interface ScriptCoverage {
  readonly scriptId: string;
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
  }[];
}

/** Which blocks of the engine run, by what V8 counts. To ask takes as long as some hundred inputs, so many are asked about at once. */
export class Coverage {
  readonly #session: Session = new Session();
  readonly #seen: Set<string> = new Set();

  start(): void {
    this.#session.connect();
    this.#session.post("Profiler.enable");
    this.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    // Begins with what has run until now.
    for (const block of this.#blocks()) this.#seen.add(block);
  }

  stop(): void {
    this.#session.post("Profiler.stopPreciseCoverage");
    this.#session.disconnect();
  }

  /** Runs all inputs, and those again that may have reached what none had: gives these. */
  async newAmong<Input>(
    inputs: readonly Input[],
    run: (inputs: readonly Input[]) => void | Promise<void>,
  ): Promise<Input[]> {
    await run(inputs);
    const reached = this.#blocks().filter((block) => !this.#seen.has(block));
    for (const block of reached) this.#seen.add(block);
    return reached.length === 0 ? [] : this.#search(inputs, new Set(reached), run);
  }

  /** Halves the inputs until those that reach the wanted blocks are alone. Takes the blocks it has found out of `wanted`. */
  async #search<Input>(
    inputs: readonly Input[],
    wanted: Set<string>,
    run: (inputs: readonly Input[]) => void | Promise<void>,
  ): Promise<Input[]> {
    if (wanted.size === 0) return [];
    await run(inputs);
    const found = this.#blocks().filter((block) => wanted.has(block));
    if (found.length === 0) return [];
    if (inputs.length === 1) {
      for (const block of found) wanted.delete(block);
      return [...inputs];
    }
    const half = inputs.length >> 1;
    return [
      ...(await this.#search(inputs.slice(0, half), wanted, run)),
      ...(await this.#search(inputs.slice(half), wanted, run)),
    ];
  }

  /** Those of the engine that have run since the last call. The session answers at once. */
  #blocks(): string[] {
    let scripts: readonly ScriptCoverage[] = [];
    this.#session.post("Profiler.takePreciseCoverage", (_error, taken) => (scripts = taken?.result ?? []));
    const blocks: string[] = [];
    for (const { scriptId, url, functions } of scripts) {
      if (!url.includes("/packages/core/src/")) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (count > 0) blocks.push(`${scriptId} ${startOffset} ${endOffset}`);
        }
      }
    }
    return blocks;
  }
}
