import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CaptureReader } from "../../../packages/core/src/capture/captureReader.ts";
import { NetworkDecoder } from "../../../packages/core/src/network/networkDecoder.ts";

/** The SIP messages of all captures in a folder, in the order of the files' names; a message seen twice is there twice. */
export function captureMessages(folder: string): readonly Buffer[] {
  const messages: Buffer[] = [];
  const files = readdirSync(folder).filter((name) => /\.pcap(ng)?$/.test(name));
  for (const name of files.toSorted()) {
    const decoder = new NetworkDecoder({
      onPacket: ({ bytes, start, end }) => messages.push(Buffer.from(bytes.subarray(start, end))),
      onEvent() {},
      onIncident() {},
    });
    const reader = new CaptureReader({ capture: 0, onFrame: (frame) => decoder.push(frame), onIncident() {} });
    reader.push(readFileSync(join(folder, name)));
    reader.flush();
    decoder.flush();
  }
  return messages;
}

/** A copy carries its number, in base 36. */
const SERIAL_DIGITS = 2;
const TOKEN = /(^(?:Call-ID|i)[ \t]*:[ \t]*|branch=(?:z9hG4bK)?|tag=)[\w.-]{2}/gim;

/**
 * The messages again and again, each time with the first characters of Call-IDs, branches and tags changed, so that who remembers texts finds
 * them as often as in a capture of as many calls.
 */
export function withOwnCalls(messages: readonly Buffer[], copies: number): readonly Buffer[] {
  const texts = messages.map((message) => message.toString("latin1"));
  return Array.from({ length: copies }, (_, copy) => {
    const serial = copy.toString(36).padStart(SERIAL_DIGITS, "0");
    return texts.map((text) => Buffer.from(copy === 0 ? text : text.replace(TOKEN, `$1${serial}`), "latin1"));
  }).flat();
}
