import { compareOfferAnswer, offerDifferences } from "../../../packages/core/src/sdp/compareOffer.ts";
import { parseSessionDescription } from "../../../packages/core/src/sdp/parseSessionDescription.ts";
import type { SessionDescription } from "../../../packages/core/src/sdp/sessionDescription.ts";
import { messageTexts } from "../corpus.ts";
import { ensure } from "../ensure.ts";
import type { FuzzReader } from "../fuzzReader.ts";
import { textMutations } from "../mutate.ts";
import { mutatingReader } from "../mutatingReader.ts";

/** One session description, by itself and against one that is sound. */
export function sdpReader(): FuzzReader {
  const texts = messageTexts().map((bytes) => Buffer.from(bytes).toString("latin1"));
  const bodies = new Set(texts.map((text) => /^v=0[^]*/m.exec(text)?.[0]).filter((body) => body !== undefined));
  const known = [...bodies].slice(0, 8).map(parseSessionDescription);
  return mutatingReader({
    name: "sdp",
    extension: ".sdp",
    seeds: [...bodies].map((body) => new Uint8Array(Buffer.from(body, "latin1"))),
    mutations: textMutations,
    allowedMillis: (bytes) => 200 + bytes / 50,
    run: (input) => readSdp(decoder.decode(input), known[input.length % known.length]),
  });
}

function readSdp(text: string, known: SessionDescription): void {
  const description = parseSessionDescription(text);
  ensure(description.media.length <= 100, "too many media");
  for (const { port, codecs } of description.media) {
    ensure(Number.isInteger(port) && port >= 0, "a port is no number");
    ensure(
      codecs.every(({ clockRate }) => Number.isFinite(clockRate)),
      "a clock rate is no number",
    );
  }
  const kinds = offerDifferences(description, description).map(({ kind }) => kind);
  ensure(!kinds.includes("profile"), "a description differs from itself");
  offerDifferences(description, known);
  offerDifferences(known, description);
  compareOfferAnswer(description, known);
  compareOfferAnswer(known, description);
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
