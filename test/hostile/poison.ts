import type { Packet } from "../../packages/core/src/network/packet.ts";
import { type FieldText, fullName, type MessageText, putTogether, takeApart } from "../invariance/messageText.ts";

/** Where in a message the poison goes. */
export interface Place {
  readonly name: string;
  readonly field?: (field: FieldText, poison: string) => FieldText;
  readonly startLine?: (line: string, poison: string) => string;
  readonly body?: (body: string, poison: string) => string;
}

/** Without these as they are there is no call that anything could be said about. */
const KEPT: ReadonlySet<string> = new Set(["content-length", "cseq", "call-id", "via"]);

export const places: readonly Place[] = [
  {
    name: "behind every value",
    field: ({ name, value }, poison) => ({ name, value: KEPT.has(fullName(name)) ? value : `${value}${poison}` }),
  },
  {
    name: "in every quoted string, parameter and phrase",
    field: ({ name, value }, poison) => ({
      name,
      value:
        fullName(name) === "via" ? value : value.replaceAll(/(?<==\s*)"([^"]*)"/g, `"$1${poison}"`) + `;x="${poison}"`,
    }),
    startLine: (line, poison) => (line.startsWith("SIP/2.0") ? `${line}${poison}` : line),
  },
  {
    name: "in every user, Call-ID, tag and branch",
    field: ({ name, value }, poison) => ({
      name,
      value: (fullName(name) === "call-id" ? `${value}${poison}` : value).replaceAll(
        /(?<=sips?:|tag=|branch=z9hG4bK)/g,
        poison,
      ),
    }),
    startLine: (line, poison) => line.replace(/(?<=sips?:)/, poison),
  },
  {
    name: "in names of header fields and in bodies",
    field: ({ name, value }, poison) =>
      KEPT.has(fullName(name)) ? { name, value } : { name: `${name}${poison}`, value },
    body: (body, poison) => body.replaceAll(/(?=\r\n)/g, poison),
  },
];

/** One character of `poison` is one byte. */
export function poisoned(packet: Packet, { field, startLine, body }: Place, poison: string): Packet {
  return changed(packet, (message) => ({
    startLine: startLine?.(message.startLine, poison) ?? message.startLine,
    fields: message.fields.map((each) => field?.(each, poison) ?? each),
    body: body?.(message.body, poison) ?? message.body,
  }));
}

/** Call-IDs that begin with `prefix`, so that many fixtures fit into one capture. */
export function withCallIds(packet: Packet, prefix: string): Packet {
  const prefixed = ({ name, value }: FieldText): FieldText => ({
    name,
    value: fullName(name) === "call-id" ? `${prefix}${value}` : value,
  });
  return changed(packet, (message) => ({ ...message, fields: message.fields.map(prefixed) }));
}

function changed(packet: Packet, change: (message: MessageText) => MessageText): Packet {
  const message = takeApart(Buffer.from(packet.bytes.subarray(packet.start, packet.end)).toString("latin1"));
  if (message === undefined) return packet;
  const bytes = new Uint8Array(Buffer.from(putTogether(change(message), message.body.length), "latin1"));
  return { ...packet, bytes, start: 0, end: bytes.length };
}
