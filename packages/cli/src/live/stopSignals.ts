/** Ctrl-C, an end asked for by the system, a terminal that was closed. */
const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface StopSignals {
  /** Aborted by the first signal. */
  readonly stop: AbortSignal;
  /** Called by the second: somebody does not want to wait. */
  whenImpatient(act: () => void): void;
  /** The signals act as usual again. */
  release(): void;
}

/** Takes the signals that end a program, so that it can say what it has seen first. */
export function onStopSignals(process: Pick<NodeJS.Process, "on" | "off">): StopSignals {
  const controller = new AbortController();
  let impatient: () => void = () => {};
  const onSignal = (): void => {
    if (controller.signal.aborted) impatient();
    controller.abort();
  };
  for (const name of names) process.on(name, onSignal);
  return {
    stop: controller.signal,
    whenImpatient(act) {
      impatient = act;
    },
    release() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}
