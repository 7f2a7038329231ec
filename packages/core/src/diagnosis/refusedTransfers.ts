import type { AnyDraft, Finding } from "./diagnose.ts";
import type { Values } from "./rule.ts";
import { transferRefused } from "./rules/transfer-refused.ts";

/** A refused transfer is told once: where another rule knows why, with that, and not beside it. */
export function withRefusedTransfers(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(isRefusedTransfer).reduce(toldWithReason, findings);
}

/** Of a transfer, the rule on refused ones says that too. */
export function isToldWithTransfer({ saysCodeOnly = false, origin }: AnyDraft): boolean {
  return saysCodeOnly && origin?.lastHop.method === "REFER";
}

function isRefusedTransfer({ rule }: Finding): boolean {
  return rule.id === transferRefused.id;
}

function toldWithReason(findings: readonly Finding[], transfer: Finding): readonly Finding[] {
  const { minted } = transfer.draft.origin!;
  const reason = findings.find((other) => !isRefusedTransfer(other) && other.draft.origin?.minted === minted);
  if (reason === undefined) return findings;
  return findings.flatMap((each) => {
    if (each === transfer) return [];
    return each === reason ? [withTransfer(reason, transfer)] : [each];
  });
}

/** That its sender ended the call for it goes along: the engine says it once of a request. */
function withTransfer({ rule, draft }: Finding, { draft: { evidence, values } }: Finding): Finding {
  const { target, endedBy, endedFor } = values;
  const end: Values = endedBy === undefined ? {} : { endedBy, endedFor };
  return {
    rule,
    draft: {
      ...draft,
      evidence: [...draft.evidence, ...evidence.filter((each) => !draft.evidence.includes(each))],
      values: { ...draft.values, ...end, transferTo: target },
    },
  };
}
