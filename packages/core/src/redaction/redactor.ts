import { parseIpv4, parseIpv6 } from "../bytes/parseAddress.ts";
import { ipv6Text } from "../network/ipAddress.ts";
import {
  hostPseudonym,
  ipv4Pseudonym,
  ipv4Shape,
  isTellingIpv4,
  masked,
  numberPseudonym,
  secretPseudonym,
  spareIpv4,
  wordPseudonym,
} from "./pseudonyms.ts";

export type RedactionKind = "number" | "user" | "name" | "address" | "host" | "credential" | "key" | "text" | "file";

/** What was replaced, for the reader who has to be sure. */
export interface Redaction {
  readonly kind: RedactionKind;
  /** Different values. */
  readonly values: number;
  /** How often one of them was replaced. */
  readonly count: number;
}

/** Values remembered; what comes after them is masked, and no longer told apart. */
const MOST_VALUES = 500_000;

/**
 * Replaces what tells who and where, each value always by the same pseudonym, as long as it was where that can be. One redactor for
 * all that belongs together: a report and the messages of its calls.
 */
export class Redactor {
  /** By kind and value. */
  readonly #pseudonyms: Map<string, string> = new Map();
  /** By kind, or by shape of address: how many there are. */
  readonly #numbered: Map<string, number> = new Map();
  readonly #counts: Map<RedactionKind, { values: number; count: number }> = new Map();

  /** A user part or a telephone number. */
  user(text: string): string {
    if (text === "" || /^(?:anonymous|unavailable|restricted|unknown|-)$/iu.test(text)) return text;
    if (isNumber(text)) return this.number(text);
    return this.#replace("user", text, text, (n) => wordPseudonym(text, "u", n));
  }

  number(text: string): string {
    const digits = text.replace(/[^\d+]/gu, "");
    // The same number with other separators gets the same digits in its own places.
    const known = this.#replace("number", digits, digits, (n) => numberPseudonym(digits, n));
    let at = 0;
    const placed = text.replace(/[\d+]/gu, () => known[at++] ?? "");
    return placed + known.slice(at);
  }

  /** A display name. Of a folded one each line, so that lines stay lines. RFC 3261 §7.3.1 */
  name(text: string): string {
    return text.includes("\n")
      ? text
          .split(/(\n)/u)
          .map((line) => this.#wordsOfName(line))
          .join("")
      : this.#wordsOfName(text);
  }

  #wordsOfName(text: string): string {
    const trimmed = text.trim();
    if (!/[\p{L}\p{N}\u0080-\u00ff]/u.test(trimmed) || /^anonymous$/iu.test(trimmed)) return text;
    if (isNumber(trimmed)) return text.replace(trimmed, () => this.number(trimmed));
    return text.replace(trimmed, () =>
      this.#replace("name", trimmed.toLowerCase(), trimmed, (n) => wordPseudonym(trimmed, "N", n)),
    );
  }

  /** An IP address or a host name, without brackets and port. */
  host(text: string): string {
    if (parseIpv4(text) !== undefined) return this.ipv4(text);
    if (text.includes(":")) return this.ipv6(text);
    const host = text.toLowerCase();
    if (/^(?:localhost|invalid|anonymous\.invalid|unknown|)$/u.test(host)) return text;
    return this.#replace("host", host, text, (n) => hostPseudonym(host, n));
  }

  ipv4(text: string): string {
    if (!isTellingIpv4(text)) return text;
    return this.#replace(
      "address",
      text,
      text,
      (n) => ipv4Pseudonym(text, n - 1) ?? spareIpv4(this.#next("spare")),
      ipv4Shape(text),
    );
  }

  ipv6(text: string): string {
    const bytes = parseIpv6(text);
    if (bytes === undefined) return text;
    const address = ipv6Text(bytes, 0);
    if (address === "::" || address === "::1" || address.startsWith("ff")) return text;
    const network = /^f[cd]/u.test(address) ? "fd00::" : address.startsWith("fe80") ? "fe80::" : "2001:db8::";
    return this.#replace("address", address, text, (n) => network + n.toString(16), "ipv6");
  }

  /** A user name, realm, nonce or digest of credentials. */
  credential(text: string): string {
    return text === "" ? "" : this.#replace("credential", text, text, (n) => secretPseudonym(text, n));
  }

  /** A key of a session description, or what proves the possession of one. */
  key(text: string): string {
    return text === "" ? "" : this.#replace("key", text, text, (n) => secretPseudonym(text, n));
  }

  /** Words that may say anything: every letter and digit. */
  text(text: string): string {
    const replaced = masked(text);
    if (replaced !== text) this.#count("text", false);
    return replaced;
  }

  /** `customer.pcap` as `file1.pcap`. */
  file(name: string): string {
    const suffix = /(?:\.[a-z0-9]{1,8}){1,2}$/iu.exec(name)?.[0] ?? "";
    return this.#replace("file", name, name, (n) => `file${n}${suffix.toLowerCase()}`);
  }

  /** The pseudonym that a word has as host, user, number or credential; `undefined` for a word that was not met as one. */
  known(word: string): string | undefined {
    const lower = word.toLowerCase();
    for (const [kind, key] of [
      ["number", word],
      ["user", word],
      ["host", lower],
      ["credential", word],
      ["name", lower],
    ] as const) {
      const pseudonym = this.#pseudonyms.get(`${kind} ${key}`);
      if (pseudonym === undefined) continue;
      this.#count(kind, false);
      return pseudonym;
    }
    return undefined;
  }

  /** What was replaced so far, most first. */
  redactions(): Redaction[] {
    return [...this.#counts].map(([kind, counts]) => ({ kind, ...counts })).sort((a, b) => b.count - a.count);
  }

  #replace(
    kind: RedactionKind,
    key: string,
    text: string,
    make: (n: number) => string,
    numberedBy: string = kind,
  ): string {
    const id = `${kind} ${key}`;
    const known = this.#pseudonyms.get(id);
    this.#count(kind, known === undefined);
    if (known !== undefined) return known;
    if (this.#pseudonyms.size >= MOST_VALUES) return masked(text);
    const made = make(this.#next(numberedBy));
    this.#pseudonyms.set(id, made);
    return made;
  }

  #next(numberedBy: string): number {
    const n = (this.#numbered.get(numberedBy) ?? 0) + 1;
    this.#numbered.set(numberedBy, n);
    return n;
  }

  #count(kind: RedactionKind, isNew: boolean): void {
    const { values = 0, count = 0 } = this.#counts.get(kind) ?? {};
    this.#counts.set(kind, { values: values + (isNew ? 1 : 0), count: count + 1 });
  }
}

/** `+49 (30) 123-456`, `1001`, `*98`: nothing but what can be dialled. */
export function isNumber(text: string): boolean {
  return text.length <= 40 && /^\+?[\d*#][\d*#.\-() ]*$/u.test(text) && /\d/u.test(text);
}
