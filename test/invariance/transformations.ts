import { type MessageText, otherForm } from "./messageText.ts";
import {
  PRODUCT_LINE,
  withOtherHosts,
  withOtherNames,
  withOtherNumbers,
  withOtherPorts,
  withOtherTokens,
  withPortsWritten,
} from "./renames.ts";
import {
  apart,
  DAY_SECONDS,
  eachField,
  folded,
  inPassports,
  issuedLater,
  joined,
  otherCase,
  otherNumbers,
  reversed,
  withLaterDate,
  withOtherCase,
  withOtherText,
  withPhrases,
} from "./rewrites.ts";

/** The same traffic at another place, at another time, or written another way. */
export interface Transformation {
  readonly name: string;
  /** Other hosts, ports and names in a text: a message, an address, the name of a server. */
  readonly rename?: (text: string) => string;
  /** Of one well-formed message. */
  readonly rewrite?: (message: MessageText) => MessageText;
  readonly shiftMicros?: number;
}

export const transformations: readonly Transformation[] = [
  { name: "other hosts", rename: withOtherHosts },
  { name: "other ports", rename: withOtherPorts, rewrite: withPortsWritten },
  { name: "other domains and users", rename: withOtherNames, rewrite: inPassports(otherNumbers) },
  { name: "other Call-IDs, tags and branches", rename: withOtherTokens },
  { name: "other CSeq numbers", rename: withOtherNumbers },
  { name: "unknown products", rename: (text) => text.replace(PRODUCT_LINE, "$1 Vermittlung/1.0") },
  {
    name: "a day later",
    shiftMicros: DAY_SECONDS * 1e6,
    rewrite: (message) => inPassports(issuedLater)(eachField(withLaterDate)(message)),
  },
  { name: "header fields in reverse order", rewrite: reversed },
  { name: "header fields of one name apart", rewrite: apart },
  { name: "compact and full forms", rewrite: eachField(({ name, value }) => ({ name: otherForm(name), value })) },
  { name: "names in other case", rewrite: eachField(({ name, value }) => ({ name: otherCase(name), value })) },
  { name: "parameters and tokens in other case", rewrite: eachField(withOtherCase) },
  { name: "fields of one name in one line", rewrite: joined },
  { name: "white space before the colon", rewrite: eachField(({ name, value }) => ({ name: `${name} \t`, value })) },
  { name: "folded lines", rewrite: eachField(folded) },
  { name: "phrases in Japanese", rewrite: withPhrases({ 404: "見つかりません", 486: "話し中" }, "応答") },
  { name: "phrases in German", rewrite: withPhrases({ 404: "Nicht gefunden", 486: "Besetzt" }, "Vorgang gestoppt") },
  { name: "no phrases", rewrite: withPhrases({}, "") },
  { name: "texts in German", rewrite: eachField(withOtherText) },
];
