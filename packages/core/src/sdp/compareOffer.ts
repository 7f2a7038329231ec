import type { Codec, MediaDescription, SessionDescription } from "./sessionDescription.ts";

/** What keeps an offered stream from being accepted, by what is known of the other side. */
export interface OfferDifference {
  readonly kind: "profile" | "encryption" | "address-family" | "codecs" | "stream-refused" | "media-kind";
  /** Index of the m= line in the offer. */
  readonly media: number;
  readonly offered: string;
  readonly understood: string;
}

/** Codecs that carry no speech or picture: sharing only these is sharing none. RFC 4733, RFC 3389, RFC 2198 */
const AUXILIARY: ReadonlySet<string> = new Set(["telephone-event", "cn", "red", "ulpfec", "rtx"]);

/**
 * Compares an offer with what the other side is known to take: an answer or offer it sent elsewhere, for example in a call that
 * worked. What it lists is what could explain a 488. RFC 3264 §6, RFC 3261 §21.4.26
 */
export function offerDifferences(
  offer: SessionDescription,
  capabilities: SessionDescription,
): readonly OfferDifference[] {
  const byKind = new Map<string, KnownStreams>();
  for (const { kind } of capabilities.media) {
    if (byKind.has(kind)) continue;
    const streams = capabilities.media.filter((media) => media.kind === kind && media.port !== 0);
    if (streams.length > 0) byKind.set(kind, knownStreams(streams));
  }
  return offer.media.flatMap((media, index) => {
    if (media.port === 0) return [];
    const known = byKind.get(media.kind);
    return known === undefined ? [noneOfKind(media, index, capabilities)] : differences(media, index, known);
  });
}

/** Compares an offer with its answer: m= lines pair up by place. RFC 3264 §6 */
export function compareOfferAnswer(offer: SessionDescription, answer: SessionDescription): readonly OfferDifference[] {
  return offer.media.flatMap((media, index): readonly OfferDifference[] => {
    const answered = answer.media[index];
    if (media.port === 0) return [];
    if (answered === undefined || answered.kind !== media.kind) return [noneOfKind(media, index, answer)];
    if (answered.port !== 0) return differences(media, index, knownStreams([answered]));
    return [
      { kind: "stream-refused", media: index, offered: `${media.kind} ${media.port}`, understood: `${media.kind} 0` },
    ];
  });
}

/** True where all streams of the offer are refused. RFC 3264 §6 */
export function refusesAll(answer: SessionDescription): boolean {
  return answer.media.length > 0 && answer.media.every(({ port }) => port === 0);
}

/** How a stream is protected: not at all, with keys in the description, or with keys from a DTLS handshake. */
export function encryptionOf(media: MediaDescription): "none" | "sdes" | "dtls" {
  const protocol = media.protocol.toUpperCase();
  if (protocol.includes("TLS") || (media.fingerprint !== "" && media.crypto.length === 0)) return "dtls";
  return media.crypto.length > 0 || protocol.includes("SAVP") ? "sdes" : "none";
}

function noneOfKind(media: MediaDescription, index: number, capabilities: SessionDescription): OfferDifference {
  return {
    kind: "media-kind",
    media: index,
    offered: media.kind,
    understood: unique(capabilities.media.map(({ kind }) => kind)),
  };
}

/** Streams of one kind. What they can do is gathered once: an offer may have a hundred streams of a hundred codecs, and so may they. */
interface KnownStreams {
  readonly streams: readonly MediaDescription[];
  readonly codecs: CodecSet;
  readonly codecNames: string;
}

function knownStreams(streams: readonly MediaDescription[]): KnownStreams {
  return { streams, codecs: codecSet(streams), codecNames: unique(streams.map(names)) };
}

function differences(media: MediaDescription, index: number, known: KnownStreams): OfferDifference[] {
  const found: OfferDifference[] = [];
  const compare = (kind: OfferDifference["kind"], value: (of: MediaDescription) => string): void => {
    const offered = value(media);
    if (known.streams.some((other) => value(other).toUpperCase() === offered.toUpperCase())) return;
    found.push({ kind, media: index, offered, understood: unique(known.streams.map(value)) });
  };
  compare("profile", ({ protocol }) => protocol);
  compare("encryption", encryptionOf);
  if (!known.streams.some(({ families }) => families.some((family) => media.families.includes(family))))
    compare("address-family", ({ addressFamily }) => addressFamily ?? "");
  if (media.codecs.length > 0 && !media.codecs.some((codec) => !isAuxiliary(codec) && hasCodec(known.codecs, codec))) {
    found.push({ kind: "codecs", media: index, offered: names(media), understood: known.codecNames });
  }
  return found;
}

interface CodecSet {
  readonly named: ReadonlySet<string>;
  /** Payload types of all, and of those that nothing names. */
  readonly payloadTypes: ReadonlySet<number>;
  readonly nameless: ReadonlySet<number>;
}

function codecSet(streams: readonly MediaDescription[]): CodecSet {
  const codecs = streams.flatMap((stream) => stream.codecs);
  return {
    named: new Set(codecs.filter(({ name }) => name !== "").map(nameOf)),
    payloadTypes: new Set(codecs.map(({ payloadType }) => payloadType)),
    nameless: new Set(codecs.filter(({ name }) => name === "").map(({ payloadType }) => payloadType)),
  };
}

/** Where a side has no name the payload type tells, but from 96 on that means nothing by itself. RFC 3264 §6.1, RFC 3551 §3 */
function hasCodec({ named, payloadTypes, nameless }: CodecSet, codec: Codec): boolean {
  const { name, payloadType } = codec;
  if (name !== "" && named.has(nameOf(codec))) return true;
  return payloadType < 96 && (name === "" ? payloadTypes : nameless).has(payloadType);
}

/** Names compare without case. RFC 8866 §6.6 */
function nameOf({ name, clockRate, channels }: Codec): string {
  return `${name.toLowerCase()}/${clockRate}/${channels}`;
}

function isAuxiliary({ name }: Codec): boolean {
  return AUXILIARY.has(name.toLowerCase());
}

function names(media: MediaDescription): string {
  return media.codecs.map(({ name, payloadType }) => name || String(payloadType)).join(" ");
}

function unique(texts: readonly string[]): string {
  return [...new Set(texts)].join(", ");
}
