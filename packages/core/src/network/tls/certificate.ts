import { type DerElement, derElement, derElements } from "./der.ts";

/** What of a certificate tells whether it fits. RFC 5280 §4.1 */
export interface Certificate {
  /** `""` where there is none. */
  readonly commonName: string;
  /** Of subjectAltName: DNS names, URIs, IPv4 addresses. RFC 5280 §4.2.1.6 */
  readonly names: readonly string[];
  /** Microseconds since the epoch. */
  readonly notBeforeMicros: number;
  readonly notAfterMicros: number;
}

/** More names than anybody reads. */
const MOST_NAMES = 32;
const LONGEST_NAME = 255;
const COMMON_NAME: readonly number[] = [0x55, 4, 3];
const SUBJECT_ALT_NAME: readonly number[] = [0x55, 0x1d, 0x11];
/** Context-specific tags: of `tbsCertificate` the version and the extensions, of a GeneralName what it is. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
const URI = 0x86;
const IP_ADDRESS = 0x87;
const GENERALIZED_TIME = 0x18;

/** Reads the certificate at `bytes[start, end)`; undefined where it cannot be read. */
export function readCertificate(bytes: Uint8Array, start: number, end: number): Certificate | undefined {
  const whole = derElement(bytes, start, end);
  const signed = whole === undefined ? undefined : derElements(bytes, whole)[0];
  if (signed === undefined) return undefined;
  const fields = derElements(bytes, signed);
  // Serial number, signature, issuer, validity, subject.
  const first = fields[0]?.tag === VERSION ? 1 : 0;
  const [validity, subject] = [fields[first + 3], fields[first + 4]];
  if (validity === undefined || subject === undefined) return undefined;
  const [notBeforeMicros, notAfterMicros] = derElements(bytes, validity).map((time) => timeOf(bytes, time));
  if (notBeforeMicros === undefined || notAfterMicros === undefined) return undefined;
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS);
  return {
    commonName: commonNameOf(bytes, subject),
    names: namesOf(bytes, extensions),
    notBeforeMicros,
    notAfterMicros,
  };
}

/** UTCTime or GeneralizedTime. RFC 5280 §4.1.2.5 */
function timeOf(bytes: Uint8Array, { tag, start, end }: DerElement): number | undefined {
  const text = printable(bytes, start, end);
  const yearDigits = tag === GENERALIZED_TIME ? 4 : 2;
  const digits = text.slice(0, yearDigits + 10);
  if (!/^\d{12,14}$/u.test(digits) || text.slice(digits.length) !== "Z") return undefined;
  const part = (index: number): number => Number(digits.slice(yearDigits + index * 2, yearDigits + index * 2 + 2));
  const year = Number(digits.slice(0, yearDigits));
  const fullYear = yearDigits === 4 ? year : year < 50 ? 2000 + year : 1900 + year;
  return Date.UTC(fullYear, part(0) - 1, part(1), part(2), part(3), part(4)) * 1000;
}

function commonNameOf(bytes: Uint8Array, subject: DerElement): string {
  for (const set of derElements(bytes, subject)) {
    for (const attribute of derElements(bytes, set)) {
      const [type, value] = derElements(bytes, attribute);
      if (value !== undefined && isObject(bytes, type, COMMON_NAME)) return printable(bytes, value.start, value.end);
    }
  }
  return "";
}

function namesOf(bytes: Uint8Array, extensions: DerElement | undefined): string[] {
  if (extensions === undefined) return [];
  for (const list of derElements(bytes, extensions)) {
    for (const extension of derElements(bytes, list)) {
      const parts = derElements(bytes, extension);
      const value = parts.at(-1);
      if (value === undefined || !isObject(bytes, parts[0], SUBJECT_ALT_NAME)) continue;
      const general = derElement(bytes, value.start, value.end);
      if (general === undefined) return [];
      return derElements(bytes, general)
        .slice(0, MOST_NAMES)
        .map((name) => nameOf(bytes, name))
        .filter((name) => name !== "");
    }
  }
  return [];
}

function nameOf(bytes: Uint8Array, { tag, start, end }: DerElement): string {
  if (tag === DNS_NAME || tag === URI) return printable(bytes, start, end).toLowerCase();
  return tag === IP_ADDRESS && end - start === 4 ? bytes.subarray(start, end).join(".") : "";
}

function isObject(bytes: Uint8Array, { start, end }: DerElement, object: readonly number[]): boolean {
  return end - start === object.length && object.every((byte, index) => bytes[start + index] === byte);
}

/** Anything that cannot be in a name becomes a question mark. */
function printable(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let i = start; i < Math.min(end, start + LONGEST_NAME); i++) {
    text += bytes[i] >= 32 && bytes[i] < 127 ? String.fromCharCode(bytes[i]) : "?";
  }
  return text;
}
