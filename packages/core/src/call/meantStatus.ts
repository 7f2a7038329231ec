/** What says something of who was called. RFC 3261 §21.4.24, §21.6.1, §21.6.2 */
const OF_CALLEE: ReadonlySet<number> = new Set([486, 600, 603]);

/**
 * With these that may be so: normal clearing, user busy, call rejected, non-selected user clearing; normal and interworking, unspecified. Nobody
 * answers by any other. ITU-T Q.850 §2.2.7
 */
const FITS_CALLEE: ReadonlySet<number> = new Set([16, 17, 21, 26, 31, 127]);

/** What gateways answer whose table has nothing for the cause. */
const UNMAPPED: ReadonlySet<number> = new Set([480, 500, 503, 603]);
const USER_BUSY = 17;

/** What else a cause says of the number, and of a phone that did not answer; any other is of the network. RFC 3398 §7.2.4.1 */
const MEANT: ReadonlyMap<number, number> = new Map([
  [1, 404],
  [2, 404],
  [3, 404],
  [18, 408],
  [19, 480],
  [20, 480],
  [22, 410],
  [23, 410],
  [28, 484],
]);

/**
 * The status code that would have said what the Q.850 cause of a refusal says: another one than it has where a line is busy and the code is one for
 * everything, or where the code speaks of who was called and the cause of something else. Guard G7.
 */
export function meantStatus(statusCode: number, q850: number | undefined): number {
  if (q850 === undefined || q850 < 1 || q850 > 127) return statusCode;
  if (q850 === USER_BUSY) return UNMAPPED.has(statusCode) ? 486 : statusCode;
  return OF_CALLEE.has(statusCode) && !FITS_CALLEE.has(q850) ? (MEANT.get(q850) ?? 503) : statusCode;
}
