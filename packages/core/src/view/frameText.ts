/** `6`, or `2:6` for frame 6 of the second of several captures. */
export function frameText(capture: number, frame: number, captures: number): string {
  return captures > 1 ? `${capture + 1}:${frame}` : String(frame);
}
