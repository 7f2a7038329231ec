/** Shorter ones are extensions: they have no international form, and stand at the end of others by chance. */
export const SHORTEST_NUMBER = 6;

/** What may stand between digits for the eye alone. RFC 3966 §5.1.1 */
export const VISUAL_SEPARATORS = "-.()";

/** The number as it is dialled. */
export function withoutSeparators(number: string): string {
  return number.replace(/[-.()]/g, "");
}
