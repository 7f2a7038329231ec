/** What somebody who packs a file can fill. Reaching one is the incident `limit-reached`, whose `limit` is the name here. */
export const containerLimits = {
  /** Captures shrink to a tenth, logs to a fiftieth. What grows by more than this is made to fill the machine that unpacks it. */
  "unpacked-ratio": 250,
  /** Containers in containers. */
  "container-depth": 4,
  /** Files in one input. */
  "container-members": 512,
  /** Bytes of the members of an input: those of a tar are merged by time, so all of them are held. */
  "container-bytes": 1_073_741_824,
} as const;

/** Before this much came out nothing is judged. */
export const JUDGED_AFTER_BYTES: number = 64 * 1024 * 1024;
