import type { Rule } from "../rule.ts";
import { logOf } from "../missing.ts";

/** Whose calls end that soon is mostly missing media, and later session timers, limits or credit. */
const LONGEST_MEDIA_TIMEOUT_SECONDS = 120;

/** Calls of one element ended after the same time, by its own BYE: something counts the time, and nothing says what. RFC 3261 §15.1.1 */
export const callsEquallyLong: Rule<"lengths", "calls-equally-long"> = {
  id: "calls-equally-long",
  inspects: "lengths",
  citations: ["RFC 3261 §15.1.1"],
  check({ ender, side, count, shortestSeconds, longestSeconds, users, shown }) {
    return {
      // An announcement for all who call one number, and a dialler that calls from one, end calls so too.
      verdict: users.size > 1 ? "likely" : "indeterminate",
      element: ender,
      evidence: shown.flatMap(({ answer, bye }) => [answer, bye]),
      missing: [logOf(ender, shown[0].bye.callId)],
      values: {
        ender: ender.address,
        side,
        count,
        seconds: longestSeconds,
        spread: Math.max(0.1, Math.round((longestSeconds - shortestSeconds) * 10) / 10),
        after: longestSeconds <= LONGEST_MEDIA_TIMEOUT_SECONDS ? "seconds" : "minutes",
      },
    };
  },
};
