import { facts as allFacts } from "./facts.ts";
import type { Row } from "./page.ts";
import type { DialogEffect, HeaderFieldFact, ImplementationEffect, ResponseCode } from "./responseCode.ts";
import type { Speaker } from "./speaker.ts";

/** The facts of a code, one labelled row each. */
export function factRows(facts: ResponseCode, speaker: Speaker): Row[] {
  const { say, and } = speaker;
  const changes = facts.client.changes.map((change) => say(`change.${change}`));
  const row = (label: string, value: string): Row => ({ label: say(`label.${label}`), value });
  return [
    row("class", say(`class.${facts.class}`)),
    ...(facts.deprecated ? [row("deprecated", say("deprecated.by", { citation: facts.deprecated }))] : []),
    row("defined", facts.defined),
    row("methods", facts.methods.length === 0 ? say("any.method") : and(facts.methods)),
    row("mintedBy", speaker.or(rolesOf(facts, speaker))),
    row(
      "action",
      say("sourced", { text: say(`action.${facts.client.action}`), source: say(`action.basis.${facts.client.basis}`) }),
    ),
    ...(changes.length > 0 ? [row("changes", and(changes))] : []),
    row("search", say(searchKey(facts))),
    row("effect", effectText(facts.effect, speaker)),
    ...(facts.synthetic
      ? [row("synthetic", and(facts.synthetic.when.map((reason) => say(`synthetic.${reason}`))))]
      : []),
  ];
}

/** Who may send it, in words. */
export function rolesOf(facts: ResponseCode, { say }: Speaker): string[] {
  return facts.mintedBy.map((role) => say(`role.${role}`));
}

function searchKey(facts: ResponseCode): string {
  if (facts.class === "1xx" || facts.class === "2xx") return "search.notConcerned";
  return facts.endsSearch ? "search.ends" : "search.continues";
}

function effectText({ scope, basis, citation, note }: DialogEffect, { say }: Speaker): string {
  if (scope === "none") return say("effect.none");
  const rule = say("effect.basis.class-rule");
  const source = basis === "class-rule" ? say("remark", { text: rule, remark: citation }) : citation;
  const text = say("sourced", { text: say(`effect.${scope}`), source });
  return note === undefined ? text : say("remark.sentence", { text, remark: say(`effect.note.${note}`) });
}

/** The header fields, one line each: `required: Allow (RFC 3261 §21.4.6)`. */
export function headerFieldItems(facts: ResponseCode, speaker: Speaker): string[] {
  return facts.headerFields.map((field) =>
    speaker.say(`headerField.${field.need}`, { field: headerFieldText(field, speaker) }),
  );
}

/** `Retry-After: 0-10`, with its methods and its condition. */
function headerFieldText(field: HeaderFieldFact, speaker: Speaker): string {
  const { say, and } = speaker;
  let text = headerFieldName(field, speaker);
  if (field.methods)
    text = say("remark", { text, remark: say("headerField.inAnswersTo", { methods: and(field.methods) }) });
  if (field.condition) text = say("remark", { text, remark: say(`condition.${field.condition}`) });
  return say("sourced", { text, source: field.citation });
}

/** `Allow`, `Reason: SIP`, or `at least one of Accept, Accept-Encoding or Accept-Language`. */
export function headerFieldName({ names, value }: HeaderFieldFact, { say, or }: Pick<Speaker, "say" | "or">): string {
  const quoted = names.map((name) => `\`${value === undefined ? name : `${name}: ${value}`}\``);
  return quoted.length === 1 ? quoted[0] : say("headerField.oneOf", { fields: or(quoted) });
}

/** What implementations do otherwise when the code answers a request inside a dialog. */
export function effectDifferences(facts: ResponseCode, speaker: Speaker): string[] {
  return (facts.effect.implementations ?? []).map((effect) => differenceText(effect, speaker));
}

function differenceText(effect: ImplementationEffect, { say, and }: Speaker): string {
  const sentences = [
    say(`effect.at.${effect.scope}`, { implementation: allFacts.profiles[effect.implementation].name }),
  ];
  if (effect.methods) sentences.push(say("effect.at.methods", { methods: and(effect.methods) }));
  if (effect.exceptMethods) sentences.push(say("effect.at.exceptMethods", { methods: and(effect.exceptMethods) }));
  return sentences.reduce((first, second) => say("sentence.next", { first, second }));
}
