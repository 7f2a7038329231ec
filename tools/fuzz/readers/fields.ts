import { knownFields } from "../../../packages/core/src/message/knownFields.ts";
import { parseUri, uriWithoutParameters } from "../../../packages/core/src/message/uri.ts";
import { uriFlaw } from "../../../packages/core/src/message/uriFlaw.ts";
import { messageTexts } from "../corpus.ts";
import { ensure } from "../ensure.ts";
import type { FuzzReader } from "../fuzzReader.ts";
import { textMutations } from "../mutate.ts";
import { mutatingReader } from "../mutatingReader.ts";

/** One value, read by every header field that there is. */
export function fieldReader(): FuzzReader {
  return mutatingReader({
    name: "field",
    extension: ".txt",
    seeds: valuesOf(/^[\w-]+[ \t]*:[ \t]*([^\r\n]+)/gm),
    mutations: textMutations,
    allowedMillis: (bytes) => 200 + bytes / 50,
    run: readField,
  });
}

/** One URI. */
export function uriReader(): FuzzReader {
  return mutatingReader({
    name: "uri",
    extension: ".txt",
    seeds: valuesOf(/\b((?:sips?|tel|urn|http|im|cid|mailto):[^\s<>"]+)/g),
    mutations: textMutations,
    allowedMillis: (bytes) => 200 + bytes / 250,
    run: readUri,
  });
}

function valuesOf(pattern: RegExp): Uint8Array[] {
  const texts = messageTexts().map((bytes) => Buffer.from(bytes).toString("latin1"));
  const values = new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, value]) => value)));
  return [...values].map((value) => new Uint8Array(Buffer.from(value, "latin1")));
}

const FLAWS: ReadonlySet<unknown> = new Set([undefined, "field-syntax", "field-value", "escape"]);

function readField(input: Uint8Array): void {
  const text = textOf(input);
  for (const field of knownFields) {
    const value = field.parse(text);
    if (value !== undefined) ensure(FLAWS.has(field.flaw?.(text, value)), () => `${field.name}: an unknown flaw`);
  }
}

function readUri(input: Uint8Array): void {
  const text = textOf(input);
  const uri = parseUri(text);
  const shown = uriWithoutParameters(text);
  ensure(shown.length <= text.length, "a URI grew when its parameters were taken off");
  uriFlaw(text);
  if (uri === undefined) return;
  ensure(uri.port === undefined || uri.port >= 0, "a port is negative");
  ensure(uri.host === uri.host.toLowerCase(), "a host is not lower-case");
}

/** As the message reader hands them on. */
function textOf(input: Uint8Array): string {
  return decoder.decode(input).trim();
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
