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
  return offer.media.flatMap((media, index) => {
    if (media.port === 0) return [];
    const known = capabilities.media.filter(({ kind, port }) => kind === media.kind && port !== 0);
    return known.length === 0 ? [noneOfKind(media, index, capabilities)] : differences(media, index, known);
  });
}

/** Compares an offer with its answer: m= lines pair up by place. RFC 3264 §6 */
export function compareOfferAnswer(offer: SessionDescription, answer: SessionDescription): readonly OfferDifference[] {
  return offer.media.flatMap((media, index): readonly OfferDifference[] => {
    const answered = answer.media[index];
    if (media.port === 0) return [];
    if (answered === undefined || answered.kind !== media.kind) return [noneOfKind(media, index, answer)];
    if (answered.port !== 0) return differences(media, index, [answered]);
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

function differences(media: MediaDescription, index: number, known: readonly MediaDescription[]): OfferDifference[] {
  const found: OfferDifference[] = [];
  const compare = (kind: OfferDifference["kind"], value: (of: MediaDescription) => string): void => {
    const offered = value(media);
    if (known.some((other) => value(other).toUpperCase() === offered.toUpperCase())) return;
    found.push({ kind, media: index, offered, understood: unique(known.map(value)) });
  };
  compare("profile", ({ protocol }) => protocol);
  compare("encryption", encryptionOf);
  compare("address-family", ({ addressFamily }) => addressFamily ?? "");
  if (media.codecs.length > 0 && !known.some((other) => sharesCodec(media, other))) {
    found.push({ kind: "codecs", media: index, offered: names(media), understood: unique(known.map(names)) });
  }
  return found;
}

function sharesCodec(offered: MediaDescription, known: MediaDescription): boolean {
  return offered.codecs.some((codec) => !isAuxiliary(codec) && known.codecs.some((other) => isSame(codec, other)));
}

/** Names compare without case; payload types from 96 on mean nothing by themselves. RFC 3264 §6.1, RFC 3551 §3 */
function isSame(a: Codec, b: Codec): boolean {
  if (a.name === "" || b.name === "") return a.payloadType === b.payloadType && a.payloadType < 96;
  return a.name.toLowerCase() === b.name.toLowerCase() && a.clockRate === b.clockRate && a.channels === b.channels;
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
