import { causesBecoming, codes, facts, nameOf, type Q850Cause, type ToSip } from "./facts.ts";
import type { Row } from "./page.ts";
import type { ProfileId, ResponseCode, ToIsdn } from "./responseCode.ts";
import type { Speaker } from "./speaker.ts";

/** Profiles with a table, in the order in which they are shown. */
export const isdnProfiles: readonly ProfileId[] = [
  "rfc3398",
  "rfc4497",
  "asterisk",
  "freeswitch",
  "audiocodes",
  "oracle",
];

/** The cause that each profile sends for a code. */
export function toIsdnRows(code: ResponseCode, speaker: Speaker): Row[] {
  return isdnProfiles.flatMap((profile) => {
    const to = code.toIsdn[profile];
    return to ? [{ label: facts.profiles[profile].name, value: toIsdnText(to, speaker) }] : [];
  });
}

function toIsdnText({ cause, basis, bearerCause }: ToIsdn, speaker: Speaker): string {
  const { say } = speaker;
  if (cause === undefined) return say("isdn.none");
  const text = basis === "own-number" ? String(cause) : speaker.cause(cause);
  if (basis === "listed" || basis === "none") return text;
  return say("remark", { text, remark: say(`isdn.basis.${basis}`, { bearerCause: speaker.cause(bearerCause ?? 65) }) });
}

/** The causes that become a code, by profile. */
export function fromIsdnRows(code: number, speaker: Speaker): Row[] {
  return isdnProfiles.flatMap((profile) => {
    const causes = causesBecoming(code, profile);
    return causes.length === 0
      ? []
      : [{ label: facts.profiles[profile].name, value: speaker.and(causes.map((cause) => speaker.cause(cause))) }];
  });
}

/** The response that each profile makes of a cause. */
export function toSipRows(cause: Q850Cause, speaker: Speaker): Row[] {
  return isdnProfiles.flatMap((profile) => {
    const to = cause.toSip[profile];
    return to ? [{ label: facts.profiles[profile].name, value: toSipText(to, speaker) }] : [];
  });
}

function toSipText({ code, basis, otherwise, when }: ToSip, { say }: Speaker): string {
  if (basis === "none") return say("toSip.none");
  if (basis === "request") {
    return code === undefined ? say("toSip.request") : say("toSip.request.final", { code: nameOf(code) });
  }
  const remarks: string[] = [];
  if (basis === "default") remarks.push(say("isdn.basis.default"));
  if (when) remarks.push(say(`toSip.when.${when}`));
  if (otherwise)
    remarks.push(say(`toSip.otherwise.${otherwise.strength}.${otherwise.when}`, { code: nameOf(otherwise.code) }));
  return remarks.reduce((text, remark) => say("remark", { text, remark }), nameOf(code!));
}

/** The codes that a profile turns into a cause because its table lists them. */
export function fromSipRows(cause: number, { and }: Speaker): Row[] {
  return isdnProfiles.flatMap((profile) => {
    const becoming = codes
      .filter(({ toIsdn: { [profile]: to } }) => isListed(to, cause))
      .map(({ code }) => nameOf(code));
    return becoming.length === 0 ? [] : [{ label: facts.profiles[profile].name, value: and(becoming) }];
  });
}

function isListed(to: ToIsdn | undefined, cause: number): boolean {
  return to !== undefined && to.basis !== "default" && (to.cause === cause || to.bearerCause === cause);
}
