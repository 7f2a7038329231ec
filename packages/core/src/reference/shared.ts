import { rolesOf } from "./codeFacts.ts";
import { changesOf, sameSet } from "./differences.ts";
import { causesBecoming } from "./facts.ts";
import type { ResponseCode } from "./responseCode.ts";
import type { Speaker } from "./speaker.ts";

/** What two codes have in common according to the facts: whole sentences. */
export function sharedOf(a: ResponseCode, b: ResponseCode, speaker: Speaker): string[] {
  const { say, and } = speaker;
  const roles = a.mintedBy.filter((role) => b.mintedBy.includes(role));
  const causes = causesBecoming(a.code, "rfc3398").filter((cause) => causesBecoming(b.code, "rfc3398").includes(cause));
  return [
    ...(a.class === b.class ? [say(`shared.class.${a.class}`)] : []),
    ...(a.class !== b.class && a.class !== "1xx" && b.class !== "1xx" ? [say("shared.final")] : []),
    ...(roles.length > 0
      ? [say("shared.mintedBy", { roles: speaker.or(rolesOf({ ...a, mintedBy: roles }, speaker)) })]
      : []),
    ...(a.methods.length > 0 && sameSet(a.methods, b.methods)
      ? [say("shared.methods", { methods: and(a.methods) })]
      : []),
    ...(a.client.action === b.client.action
      ? [say("shared.client", { action: say(`action.${a.client.action}`) })]
      : []),
    ...(a.client.changes.length > 0 && sameSet(a.client.changes, b.client.changes)
      ? [say("shared.changes", { changes: and(changesOf(a, speaker)) })]
      : []),
    ...(a.effect.scope === b.effect.scope && a.effect.scope !== "none" ? [say(`shared.effect.${a.effect.scope}`)] : []),
    ...sharedIsdn(a, b, speaker),
    ...(causes.length > 0 ? [say("shared.fromIsdn", { causes: and(causes.map(speaker.cause)) })] : []),
  ];
}

function sharedIsdn(a: ResponseCode, b: ResponseCode, { say, cause }: Speaker): string[] {
  const [first, second] = [a.toIsdn.rfc3398, b.toIsdn.rfc3398];
  if (first?.cause === undefined || first.cause !== second?.cause) return [];
  return [say("shared.toIsdn", { cause: cause(first.cause) })];
}
