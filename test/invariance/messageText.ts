/** A SIP message as text, one character a byte, taken apart so that a test can write it another way. */
export interface MessageText {
  readonly startLine: string;
  readonly fields: readonly FieldText[];
  readonly body: string;
}

export interface FieldText {
  readonly name: string;
  /** What follows the colon, with its folds, without white space at its ends. */
  readonly value: string;
}

/** `undefined` for a message whose header is broken: written another way, it would be broken in another way. */
export function takeApart(text: string): MessageText | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = text.slice(0, end).replaceAll(/\r\n(?=[ \t])/g, "\f");
  if (/[\r\n]/.test(head.replaceAll("\r\n", ""))) return undefined;
  const [startLine, ...lines] = head.split("\r\n");
  const matches = lines.map((line) => /^([\w.!%*+`'~-]+)[ \t]*:([^]*)$/.exec(line));
  if (!matches.every((match) => match !== null)) return undefined;
  const fields = matches.map(([, name, value]) => ({ name, value: value.replaceAll("\f", "\r\n").trim() }));
  return { startLine, fields, body: text.slice(end + 4) };
}

/** As it goes over the wire; Content-Length is as right, or as wrong, as it was. */
export function putTogether({ startLine, fields, body }: MessageText, bodyLengthBefore: number): string {
  const growth = body.length - bodyLengthBefore;
  const lines = fields.map((field) => {
    const { name, value } = growth === 0 || fullName(field.name) !== "content-length" ? field : grown(field, growth);
    return `${name}:${value.startsWith("\r\n") ? "" : " "}${value}`;
  });
  return `${[startLine, ...lines].join("\r\n")}\r\n\r\n${body}`;
}

function grown({ name, value }: FieldText, growth: number): FieldText {
  return { name, value: value.replace(/\d+/, (length) => String(Number(length) + growth)) };
}

/** RFC 3261 §7.3.3 and the registry of header fields. */
const COMPACT: Readonly<Record<string, string>> = {
  "accept-contact": "a",
  "allow-events": "u",
  "call-id": "i",
  contact: "m",
  "content-encoding": "e",
  "content-length": "l",
  "content-type": "c",
  event: "o",
  from: "f",
  identity: "y",
  "refer-to": "r",
  "referred-by": "b",
  "reject-contact": "j",
  "request-disposition": "d",
  "session-expires": "x",
  subject: "s",
  supported: "k",
  to: "t",
  via: "v",
};
const FULL: ReadonlyMap<string, string> = new Map(Object.entries(COMPACT).map(([full, compact]) => [compact, full]));

/** In lower case. */
export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return FULL.get(lower) ?? lower;
}

/** The compact form of a name that has one, and the full form of a compact one. */
export function otherForm(name: string): string {
  const lower = name.toLowerCase();
  return COMPACT[lower] ?? FULL.get(lower) ?? name;
}
