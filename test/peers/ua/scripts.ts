import { calleeScripts } from "./calleeScripts.ts";
import { callerScripts } from "./callerScripts.ts";
import type { Ua } from "./ua.ts";

export type Script = (ua: Ua, args: Readonly<Record<string, string>>) => Promise<void>;

/** The parts that `play.ts` knows by name. */
export const scripts: Readonly<Record<string, Script>> = { ...calleeScripts, ...callerScripts };
