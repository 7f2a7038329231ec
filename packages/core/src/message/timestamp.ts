import { headerField, type HeaderField } from "./headerField.ts";
/** When the request was sent, by a clock of its sender. */
export interface Timestamp {
  readonly seconds: number;
  /** How long the UAS took to answer. */
  readonly delaySeconds?: number;
}

/** When the request was sent, and how long the answer took. RFC 3261 §20.38 */
export const timestamp: HeaderField<Timestamp> = headerField({
  name: "Timestamp",
  single: true,
  citation: "RFC 3261 §20.38",
  parse(text) {
    const match = /^(\d+(?:\.\d*)?)(?:[ \t]+(\d*(?:\.\d*)?))?$/.exec(text);
    if (match === null) return undefined;
    return { seconds: Number(match[1]), delaySeconds: match[2] === undefined ? undefined : Number(match[2]) };
  },
});
