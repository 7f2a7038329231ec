import { type DerElement, derElement, derElements } from "./der.ts";

/** What of a certificate tells whether it fits. RFC 5280 §4.1 */
export interface Certificate {
  /** `""` where there is none. */
  readonly commonName: string;
  /** Of subjectAltName: DNS names, URIs, IPv4 addresses. RFC 5280 §4.2.1.6 */
  readonly names: readonly string[];
  /** Whom it is for and who signed it, as `O=Example, CN=Example Issuing CA`. RFC 5280 §4.1.2.4, §4.1.2.6 */
  readonly subject: string;
  readonly issuer: string;
  /** Where the certificate of its issuer can be had: `""` where it does not say. RFC 5280 §4.2.2.1 */
  readonly issuerAddress: string;
  /** Microseconds since the epoch. */
  readonly notBeforeMicros: number;
  readonly notAfterMicros: number;
}

/** More names than anybody reads. */
const MOST_NAMES = 32;
const LONGEST_NAME = 255;
const LONGEST_TYPE = 16;
const COMMON_NAME = "CN";
/** Attributes of a name by the last number of their type, 2.5.4.x, as certificates are usually shown; others are written as numbers. */
const ATTRIBUTES: ReadonlyMap<number, string> = new Map([
  [3, COMMON_NAME],
  [6, "C"],
  [7, "L"],
  [8, "ST"],
  [9, "STREET"],
  [10, "O"],
  [11, "OU"],
]);
const ATTRIBUTE_TYPE: readonly number[] = [0x55, 4];
const MOST_ATTRIBUTES = 16;
const SUBJECT_ALT_NAME: readonly number[] = [0x55, 0x1d, 0x11];
/** id-pe-authorityInfoAccess, id-ad-caIssuers. RFC 5280 §4.2.2.1 */
const AUTHORITY_ACCESS: readonly number[] = [0x2b, 6, 1, 5, 5, 7, 1, 1];
const CA_ISSUERS: readonly number[] = [0x2b, 6, 1, 5, 5, 7, 0x30, 2];
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
  const [issuer, validity, subject] = fields.slice(first + 2);
  if (issuer === undefined || validity === undefined || subject === undefined) return undefined;
  const [notBeforeMicros, notAfterMicros] = derElements(bytes, validity).map((time) => timeOf(bytes, time));
  if (notBeforeMicros === undefined || notAfterMicros === undefined) return undefined;
  const extensions = fields.find(({ tag }) => tag === EXTENSIONS);
  const attributes = attributesOf(bytes, subject);
  return {
    commonName: attributes.find(({ type }) => type === COMMON_NAME)?.value ?? "",
    names: namesOf(bytes, extensions),
    subject: nameText(attributes),
    issuer: nameText(attributesOf(bytes, issuer)),
    issuerAddress: issuerAddressOf(bytes, extensions),
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

interface Attribute {
  readonly type: string;
  readonly value: string;
}

/** Of a distinguished name, in its order. RFC 5280 §4.1.2.4 */
function attributesOf(bytes: Uint8Array, name: DerElement): Attribute[] {
  const attributes: Attribute[] = [];
  for (const set of derElements(bytes, name)) {
    for (const attribute of derElements(bytes, set)) {
      const [type, value] = derElements(bytes, attribute);
      if (value === undefined || attributes.length === MOST_ATTRIBUTES) return attributes;
      attributes.push({ type: attributeType(bytes, type), value: printable(bytes, value.start, value.end) });
    }
  }
  return attributes;
}

function attributeType(bytes: Uint8Array, { start, end }: DerElement): string {
  const object = bytes.subarray(start, Math.min(end, start + LONGEST_TYPE));
  const isKnown = object.length === 3 && ATTRIBUTE_TYPE.every((byte, index) => object[index] === byte);
  return (isKnown ? ATTRIBUTES.get(object[2]) : undefined) ?? `#${object.join(".")}`;
}

function nameText(attributes: readonly Attribute[]): string {
  return attributes.map(({ type, value }) => `${type}=${value}`).join(", ");
}

function namesOf(bytes: Uint8Array, extensions: DerElement | undefined): string[] {
  const general = extensionOf(bytes, extensions, SUBJECT_ALT_NAME);
  if (general === undefined) return [];
  return derElements(bytes, general)
    .slice(0, MOST_NAMES)
    .map((name) => nameOf(bytes, name))
    .filter((name) => name !== "");
}

function issuerAddressOf(bytes: Uint8Array, extensions: DerElement | undefined): string {
  const descriptions = extensionOf(bytes, extensions, AUTHORITY_ACCESS);
  if (descriptions === undefined) return "";
  for (const description of derElements(bytes, descriptions)) {
    const [method, location] = derElements(bytes, description);
    if (location?.tag === URI && isObject(bytes, method, CA_ISSUERS))
      return printable(bytes, location.start, location.end);
  }
  return "";
}

/** What an extension holds. RFC 5280 §4.2 */
function extensionOf(
  bytes: Uint8Array,
  extensions: DerElement | undefined,
  object: readonly number[],
): DerElement | undefined {
  if (extensions === undefined) return undefined;
  for (const list of derElements(bytes, extensions)) {
    for (const extension of derElements(bytes, list)) {
      const parts = derElements(bytes, extension);
      const value = parts.at(-1);
      if (value !== undefined && isObject(bytes, parts[0], object)) return derElement(bytes, value.start, value.end);
    }
  }
  return undefined;
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
