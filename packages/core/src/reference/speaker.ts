import { formatText, type MessageValues } from "../language/format.ts";
import { facts, nameOf } from "./facts.ts";
import { joinList } from "./joinList.ts";
import type { ReferenceLanguage } from "./referenceLanguage.ts";
import type { Citation } from "./responseCode.ts";

/** Says things in one language. Lists are joined as the language joins them; sentences are whole messages of reference.json. */
export interface Speaker {
  readonly language: ReferenceLanguage;
  /** The message under `key`; a key that does not exist shows itself. */
  say(key: string, values?: MessageValues): string;
  has(key: string): boolean;
  /** `proxy, gateway and B2BUA`. */
  and(items: readonly string[]): string;
  /** `Accept, Accept-Encoding or Accept-Language`. */
  or(items: readonly string[]): string;
  /** `cause 27 (Destination out of order)`. */
  cause(cause: number): string;
}

export function speakerOf(language: ReferenceLanguage): Speaker {
  const say = (key: string, values: MessageValues = {}): string =>
    Object.hasOwn(language.strings, key) ? formatText(language.strings[key], values, language.tag) : key;
  return {
    language,
    say,
    has: (key) => Object.hasOwn(language.strings, key),
    and: (items) => joinList(items, "conjunction", language),
    or: (items) => joinList(items, "disjunction", language),
    cause: (cause) => {
      const name = language.q850[cause]?.name;
      return name === undefined ? String(cause) : say("isdn.cause", { cause, name });
    },
  };
}

/** `RFC 3261 §21.5.3: 502 Bad Gateway`. Titles are those of the documents, in English. */
export function citationWithTitle(citation: Citation): string {
  const [, rfc, section] = /^RFC (\d+) §(\S+)$/u.exec(citation) ?? [];
  const title = facts.rfcs[rfc]?.sections[section];
  return title === undefined ? citation : `${citation}: ${title}`;
}

/** `480 Temporarily Unavailable` for each. */
export function namesOf(list: readonly number[]): string[] {
  return list.map(nameOf);
}
