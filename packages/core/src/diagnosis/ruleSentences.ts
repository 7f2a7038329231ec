import { formatText, type MessageValues } from "../language/format.ts";
import { interfaceText } from "../language/interfaceText.ts";
import type { Language, Message, RuleProse } from "../language/language.ts";

/** What a finding says, made from its rule, its cause and its values alone. */
export interface RuleSentences {
  readonly title: string;
  readonly why: string;
  readonly fix: readonly string[];
}

/** The sentence of ui.json that follows where the call was ended for what is told. */
const ENDED: Readonly<Record<string, string>> = {
  due: "why.endedDue",
  refusal: "why.endedForRefusal",
  cancel: "why.cancelledFor",
};

/** Each sentence is made when it is asked for: of a thousand calls that failed alike, one is told. */
export function ruleSentences(rule: string, cause: string, values: MessageValues, language: Language): RuleSentences {
  const prose = (): RuleProse => language.rules[rule];
  const say = (message: Message): string => formatText(message, values, language.tag).trimEnd();
  return {
    get title() {
      return say(prose().title);
    },
    get why() {
      const { endedBy: ender, endedFor, transferTo: target, wentOnFrom, wentOnTo: next = "" } = values;
      let why = say(prose().why[cause] ?? "");
      if (next !== "") why = interfaceText(language, "why.wentOn", { why, client: wentOnFrom, next });
      if (target !== undefined) why = interfaceText(language, "why.transferRefused", { why, target });
      if (ender !== undefined) why = interfaceText(language, ENDED[String(endedFor)], { why, ender });
      return why;
    },
    get fix() {
      // A step may be for some values only.
      const { fix } = prose();
      return (fix[cause] ?? fix[""] ?? []).map(say).filter((step) => step !== "");
    },
  };
}
