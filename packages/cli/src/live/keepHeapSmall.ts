import { setFlagsFromString } from "node:v8";

/**
 * Lets V8 collect before its heap has doubled again and again. It would else use hundreds of megabytes for the 40 or so that are kept, because
 * the machine has them: right for a program that is soon over, not for one that runs for weeks beside a PBX. It costs about as much
 * processor time again as reading and judging, and V8 obeys both flags while it runs.
 */
export function keepHeapSmall(): void {
  // What is new is mostly the garbage of one message: more room for it would only be filled later.
  setFlagsFromString("--semi-space-growth-factor=1");
  // What has survived is collected again when it is half as much more.
  setFlagsFromString("--heap-growing-percent=50");
}
