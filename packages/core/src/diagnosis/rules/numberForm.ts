import { SHORTEST_NUMBER, withoutSeparators } from "../../message/telephoneNumber.ts";

/** How a number begins: that is what dial plans look at. RFC 3966 §5.1 */
type NumberForm = "plus" | "double-zero" | "zero" | "digits";

/** A number that is written in another form than this one, where none of the others is written as this one. */
export function otherNumberForm(number: string, others: readonly string[]): string | undefined {
  const form = numberForm(number);
  if (form === undefined) return undefined;
  const numbers = others.filter((other) => numberForm(other) !== undefined);
  return numbers.some((other) => numberForm(other) === form) ? undefined : numbers[0];
}

/** True for a user part that can be dialled, be it an extension. RFC 3966 §5.1 */
export function isNumber(user: string): boolean {
  return /^\d+$/u.test(digitsOf(user));
}

function numberForm(number: string): NumberForm | undefined {
  const digits = digitsOf(number);
  if (digits.length < SHORTEST_NUMBER || !isNumber(number)) return undefined;
  if (number.startsWith("+")) return "plus";
  if (digits.startsWith("00")) return "double-zero";
  return digits.startsWith("0") ? "zero" : "digits";
}

/** Without what a `;` adds to the number, such as `rn` of number portability. */
function digitsOf(number: string): string {
  return withoutSeparators(number.split(";", 1)[0]).replaceAll("+", "");
}
