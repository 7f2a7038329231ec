/** Shorter ones are extensions, which have no international form. */
const SHORTEST_NUMBER = 6;

/** How a number begins: that is what dial plans look at. RFC 3966 §5.1 */
type NumberForm = "plus" | "double-zero" | "zero" | "digits";

/** A number that is written in another form than this one, where none of the others is written as this one. */
export function otherNumberForm(number: string, others: readonly string[]): string | undefined {
  const form = numberForm(number);
  if (form === undefined) return undefined;
  const numbers = others.filter((other) => numberForm(other) !== undefined);
  return numbers.some((other) => numberForm(other) === form) ? undefined : numbers[0];
}

function numberForm(number: string): NumberForm | undefined {
  const digits = number.replace(/[+().-]/gu, "");
  if (digits.length < SHORTEST_NUMBER || !/^\d+$/u.test(digits)) return undefined;
  if (number.startsWith("+")) return "plus";
  if (digits.startsWith("00")) return "double-zero";
  return digits.startsWith("0") ? "zero" : "digits";
}
