/** As much of a line as anybody reads. */
const LONGEST_ANSWER = 80;

/** The first line of what somebody said. Anything that cannot be in it becomes a point. */
export function firstLine(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < Math.min(end, start + LONGEST_ANSWER) && bytes[i] !== 13 && bytes[i] !== 10; i++) {
    text += bytes[i] >= 32 && bytes[i] < 127 ? String.fromCharCode(bytes[i]) : ".";
  }
  return text;
}
