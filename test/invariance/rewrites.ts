import { type FieldText, fullName, type MessageText } from "./messageText.ts";
import { otherUser } from "./renames.ts";

export const DAY_SECONDS = 86_400;

type Claims = Readonly<Record<string, unknown>>;

/** Changes what PASSporTs claim. Nobody here verifies their signatures. RFC 8225 §7 */
export function inPassports(change: (claims: Claims) => Claims): (message: MessageText) => MessageText {
  return eachField((field) =>
    fullName(field.name) === "identity"
      ? { ...field, value: field.value.replace(/(?<=^[\w-]*\.)[\w-]+/, (payload) => encoded(change(decoded(payload)))) }
      : field,
  );
}

function decoded(payload: string): Claims {
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  } catch {
    return {};
  }
}

function encoded(claims: Claims): string {
  return Buffer.from(JSON.stringify(claims)).toString("base64url");
}

export function otherNumbers(claims: Claims): Claims {
  const renamed = (_key: string, value: unknown): unknown =>
    typeof value === "string" && /^\d+$/.test(value) ? otherUser(value) : value;
  return JSON.parse(JSON.stringify(claims), renamed);
}

export function issuedLater(claims: Claims): Claims {
  return typeof claims.iat === "number" ? { ...claims, iat: claims.iat + DAY_SECONDS } : claims;
}

export function withLaterDate(field: FieldText): FieldText {
  const dateMillis = fullName(field.name) === "date" ? Date.parse(field.value) : Number.NaN;
  return Number.isNaN(dateMillis)
    ? field
    : { ...field, value: new Date(dateMillis + DAY_SECONDS * 1000).toUTCString() };
}

export function eachField(change: (field: FieldText) => FieldText): (message: MessageText) => MessageText {
  return (message) => ({ ...message, fields: message.fields.map(change) });
}

/** Only the order among fields of one name means something. RFC 3261 §7.3.1 */
export function reversed(message: MessageText): MessageText {
  return {
    ...message,
    fields: groupsOf(message)
      .toReversed()
      .flatMap(([, group]) => group),
  };
}

function groupsOf({ fields }: MessageText): [string, FieldText[]][] {
  const groups = new Map<string, FieldText[]>();
  for (const field of fields) {
    const full = fullName(field.name);
    const group = groups.get(full);
    if (group === undefined) groups.set(full, [field]);
    else group.push(field);
  }
  return [...groups];
}

/** The first of each name, then the second of each, and so on. */
export function apart(message: MessageText): MessageText {
  const groups = groupsOf(message).map(([, group]) => group);
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  const rounds = Array.from({ length: longest }, (_, round) =>
    groups.flatMap((group) => group.slice(round, round + 1)),
  );
  return { ...message, fields: rounds.flat() };
}

export function otherCase(name: string): string {
  return [...name]
    .map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))
    .join("");
}

/** Fields whose values are compared without regard to case. RFC 3261 §7.3.1 */
const TOKEN_FIELDS: ReadonlySet<string> = new Set([
  "accept",
  "content-type",
  "proxy-require",
  "reason",
  "require",
  "subscription-state",
  "supported",
  "unsupported",
]);
const SCHEME_FIELD = /^(?:proxy-authenticate|proxy-authorization|www-authenticate|authorization)$/;

/** Names of parameters everywhere; whole values where they are tokens; schemes of authentication. RFC 3261 §7.3.1 */
export function withOtherCase({ name, value }: FieldText): FieldText {
  const full = fullName(name);
  const unquoted = TOKEN_FIELDS.has(full)
    ? otherCase
    : (part: string): string => part.replaceAll(/;\s*[\w-]+/g, otherCase);
  const parts = value.split('"').map((part, index) => (index % 2 === 0 ? unquoted(part) : part));
  const whole = parts.join('"');
  return { name, value: SCHEME_FIELD.test(full) ? whole.replace(/^\w+/, otherCase) : whole };
}

/** Fields that are lists, so that several are the same as one with commas. RFC 3261 §7.3.1 */
const LIST_FIELDS: ReadonlySet<string> = new Set([
  "accept",
  "allow",
  "contact",
  "path",
  "reason",
  "record-route",
  "require",
  "route",
  "supported",
  "unsupported",
  "via",
  "warning",
]);

export function joined(message: MessageText): MessageText {
  const fields = groupsOf(message).flatMap(([full, group]) =>
    LIST_FIELDS.has(full) ? [{ name: group[0].name, value: group.map(({ value }) => value).join(", ") }] : group,
  );
  return { ...message, fields };
}

/** Before the value, and at each space outside quotes. A date has fixed spaces. RFC 3261 §25.1 */
export function folded({ name, value }: FieldText): FieldText {
  if (fullName(name) === "date") return { name, value };
  const folds = value
    .split('"')
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/(?<=\S) (?=\S)/g, "\r\n\t") : part));
  return { name, value: `\r\n ${folds.join('"')}` };
}

const STATUS_LINE = /^(SIP\/2\.0 \d{3}) [^\r\n]*/;

/** Of responses, and of what a NOTIFY reports. RFC 3420 */
export function withPhrases(
  phrases: Readonly<Record<number, string>>,
  other: string,
): (message: MessageText) => MessageText {
  const translated = (text: string): string =>
    text.replace(
      STATUS_LINE,
      (_line, before: string) => `${before} ${bytesOf(phrases[Number(before.slice(-3))] ?? other)}`,
    );
  return (message) => ({ ...message, startLine: translated(message.startLine), body: translated(message.body) });
}

/** Texts beside a code, which say nothing that the code does not. RFC 3326 §2, RFC 3261 §20.43 */
export function withOtherText({ name, value }: FieldText): FieldText {
  const full = fullName(name);
  if (full === "reason") return { name, value: value.replaceAll(/(?<=;\s*text\s*=\s*")[^"]*/gi, bytesOf("Störung")) };
  return {
    name,
    value: full === "warning" ? value.replaceAll(/(?<=")[^"]*(?="\s*(?:,|$))/g, bytesOf("Störung")) : value,
  };
}

/** The characters that stand for the bytes of a text in UTF-8. */
function bytesOf(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
