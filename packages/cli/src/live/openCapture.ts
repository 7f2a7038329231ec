import { CaptureChild, type CaptureEnd } from "./captureChild.ts";
import { type CaptureProgram, capturePrograms, type CaptureRequest, pathOf } from "./captureProgram.ts";

/** Why no capture began; the sentence is `error.live.<kind>` in content/<lang>/help.json. */
export interface CaptureFailure {
  readonly kind: "no-program" | "permission" | "container" | "failed";
  readonly program?: CaptureProgram["name"];
  readonly path?: string;
  /** The program's own words. */
  readonly message?: string;
}

export type OpenedCapture = { readonly child: CaptureChild } | { readonly failure: CaptureFailure };

export interface OpenOptions extends CaptureRequest {
  /** Use this program and no other. */
  readonly program?: CaptureProgram["name"];
  readonly isRoot: boolean;
  readonly path: string;
  /** Aborted when it shall end, also before it has begun. */
  readonly stop: AbortSignal;
  onBytes(bytes: Uint8Array): void;
}

/** Starts the first program that may capture: it may when it has begun to write. */
export async function openCapture(options: OpenOptions): Promise<OpenedCapture> {
  let failure: CaptureFailure = { kind: "no-program" };
  for (const program of capturePrograms(options.isRoot)) {
    const path = pathOf(program, options.path);
    if (path === undefined || (options.program ?? program.name) !== program.name) continue;
    const opened = await start(program, path, options);
    if ("child" in opened) return opened;
    // That somebody may not capture is said of the program that comes first: it is the better one to allow.
    if (failure.kind === "no-program") failure = opened.failure;
    if (opened.failure.kind === "failed") return opened;
  }
  return { failure };
}

async function start(program: CaptureProgram, path: string, options: OpenOptions): Promise<OpenedCapture> {
  let begun: () => void = () => {};
  const firstBytes = new Promise<"begun">((resolve) => {
    begun = () => resolve("begun");
  });
  const child = new CaptureChild(program, path, options, (bytes) => {
    begun();
    options.onBytes(bytes);
  });
  options.stop.addEventListener("abort", () => child.stop());
  const first: "begun" | CaptureEnd = await Promise.race([firstBytes, child.ended]);
  if (first === "begun") return { child };
  const { message } = child;
  const kind = !isForbidden(message) ? "failed" : options.isRoot ? "container" : "permission";
  return { failure: { kind, program: program.name, path, message } };
}

function isForbidden(message: string): boolean {
  return /permission|not permitted|EACCES|EPERM/iu.test(message);
}
