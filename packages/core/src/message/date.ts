import { headerField, type HeaderField } from "./headerField.ts";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** When the message was first sent. */
export interface SipDate {
  /** Microseconds since the epoch. */
  readonly timeMicros: number;
  /** `GMT`, the only zone that is allowed. */
  readonly zone: string;
}

/** When the message was first sent. RFC 3261 §20.17 */
export const date: HeaderField<SipDate> = headerField({
  name: "Date",
  single: true,
  citation: "RFC 3261 §20.17",
  parse(text) {
    const match = /^([A-Za-z]{3}), (\d\d) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (\S{1,9})$/.exec(text);
    if (match === null) return undefined;
    const month = MONTHS.findIndex((name) => name.toLowerCase() === match[3].toLowerCase());
    if (month < 0 || !DAYS.some((name) => name.toLowerCase() === match[1].toLowerCase())) return undefined;
    const [day, year, hour, minute, second] = [match[2], match[4], match[5], match[6], match[7]].map(Number);
    return { timeMicros: Date.UTC(year, month, day, hour, minute, second) * 1000, zone: match[8] };
  },
  flaw: (_text, { zone }) => (zone.toUpperCase() === "GMT" ? undefined : "field-syntax"),
});
