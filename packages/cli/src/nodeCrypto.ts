import type * as crypto from "node:crypto";

/** Loaded when it is asked for: that takes ten milliseconds, and few captures need it. */
export function nodeCrypto(): typeof crypto {
  return process.getBuiltinModule("node:crypto");
}
