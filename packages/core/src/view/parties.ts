import type { CallReport } from "../diagnosis/report.ts";

/** `alice@example.org`: a SIP URI without its scheme; any other URI as it is. */
export function withoutScheme(uri: string): string {
  return uri.startsWith("sip:") ? uri.slice(4) : uri;
}

/** Who called whom; the two are one in a registration. */
export function partiesOf({ from, to }: CallReport): readonly string[] {
  const parties = [withoutScheme(from), withoutScheme(to)];
  return parties[0] === parties[1] ? [parties[0]] : parties;
}
