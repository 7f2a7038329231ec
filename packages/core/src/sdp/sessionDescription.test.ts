import { describe, expect, it } from "vitest";
import { barePacket, parseMessage } from "../message/parseMessage.ts";
import { compareOfferAnswer, encryptionOf, offerDifferences, refusesAll } from "./compareOffer.ts";
import { parseSessionDescription } from "./parseSessionDescription.ts";
import { type SessionDescription, sessionDescription } from "./sessionDescription.ts";

const SESSION = ["v=0", "o=alice 1 2 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0"];
const read = (...media: string[]): SessionDescription =>
  parseSessionDescription([...SESSION, ...media, ""].join("\r\n"));
const kinds = (found: readonly { kind: string }[]): string[] => found.map(({ kind }) => kind);

describe("a session description", () => {
  it("is read with what the session says for all streams", () => {
    const description = parseSessionDescription(
      [
        ...SESSION,
        "a=sendonly",
        "a=ice-ufrag:x",
        "m=audio 4000/2 RTP/AVP 0 8 97",
        "a=rtpmap:97 opus/48000/2",
        "a=fmtp:97 useinbandfec=1",
        "m=video 0 RTP/SAVP 31",
        "c=IN IP6 2001:db8::1",
        "a=inactive",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc",
      ].join("\n"),
    );
    expect(description.anomalies).toEqual([]);
    expect(description.origin).toMatchObject({
      username: "alice",
      sessionId: "1",
      sessionVersion: "2",
      address: "192.0.2.1",
    });
    const [audio, video] = description.media;
    expect(audio).toMatchObject({
      kind: "audio",
      port: 4000,
      protocol: "RTP/AVP",
      formats: ["0", "8", "97"],
      direction: "sendonly",
    });
    expect(audio).toMatchObject({ ice: true, address: "192.0.2.1", addressFamily: "IP4", crypto: [], fingerprint: "" });
    expect(audio.codecs.map(({ name, clockRate, channels }) => [name, clockRate, channels])).toEqual([
      ["PCMU", 8000, 1],
      ["PCMA", 8000, 1],
      ["opus", 48000, 2],
    ]);
    expect(audio.codecs[2].formatParameters).toBe("useinbandfec=1");
    expect(video).toMatchObject({ port: 0, direction: "inactive", address: "2001:db8::1", addressFamily: "IP6" });
    expect(video.crypto).toEqual([{ tag: "1", suite: "AES_CM_128_HMAC_SHA1_80" }]);
  });

  it("has what ICE needs: user fragments, and where each side may be found", () => {
    const { media } = parseSessionDescription(
      [
        ...SESSION,
        "a=ice-lite",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        "a=ice-ufrag:EvtJ",
        "a=setup:actpass",
        "a=candidate:1 1 UDP 2122260223 192.0.2.1 4000 typ host",
        "a=candidate:2 2 tcp 41885439 relay.example 9 typ relay raddr 192.0.2.1 rport 4000",
        "m=video 0 RTP/AVP 31",
      ].join("\n"),
    );
    expect(media[0]).toMatchObject({ iceUfrag: "EvtJ", iceLite: true, setup: "actpass" });
    expect(media[0].candidates).toEqual([
      { component: 1, transport: "udp", address: "192.0.2.1", port: 4000, type: "host" },
      { component: 2, transport: "tcp", address: "relay.example", port: 9, type: "relay" },
    ]);
    expect(media[1]).toMatchObject({ iceUfrag: "", candidates: [] });
  });

  it("that breaks the grammar is read as far as it goes, and the lines are named", () => {
    const description = parseSessionDescription("v=0\r\no=x\r\nnonsense\r\nm=audio port RTP/AVP 0\r\nm=\r\n");
    expect(description.media).toHaveLength(2);
    expect(description.anomalies.map(({ kind, type, line }) => `${kind} ${type}${line}`)).toEqual([
      "sdp-line n3",
      "sdp-missing s0",
      "sdp-missing t0",
      "sdp-missing c4",
      "sdp-missing c5",
      "sdp-value m4",
      "sdp-value m5",
      "sdp-value o2",
    ]);
  });

  it("has limits that it names", () => {
    const many = read(...Array.from({ length: 300 }, () => "m=audio 1 RTP/AVP 0"));
    expect(many.media).toHaveLength(100);
    expect(kinds(many.anomalies)).toEqual(["limit"]);
    expect(kinds(read(...Array.from({ length: 5000 }, () => "a=x")).anomalies)).toEqual(["limit"]);
  });

  it("is found in a message, also in a multipart body, and nowhere else", () => {
    const sdp = [...SESSION, "m=audio 1 RTP/AVP 0", ""].join("\r\n");
    const of = (type: string, body: string): SessionDescription | undefined =>
      sessionDescription(
        parseMessage(barePacket(new TextEncoder().encode(`INVITE sip:a@b SIP/2.0\r\nc: ${type}\r\n\r\n${body}`)))!,
      );
    expect(of("application/sdp", sdp)?.media).toHaveLength(1);
    const multipart = `--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\ncontent-type:application/sdp\r\n\r\n${sdp}\r\n--b--\r\n`;
    expect(of("multipart/mixed;boundary=b", multipart)?.media).toHaveLength(1);
    expect(of("text/plain", sdp)).toBeUndefined();
  });
});

describe("offerDifferences", () => {
  const phone = read("m=audio 1 RTP/AVP 8 101", "a=rtpmap:101 telephone-event/8000");

  it("are none where the other side takes what is offered", () => {
    expect(offerDifferences(read("m=audio 9 RTP/AVP 18 97", "a=rtpmap:97 pcma/8000"), phone)).toEqual([]);
  });

  it("name a codec list with nothing in common but signalling", () => {
    const offer = read("m=audio 9 RTP/AVP 97 101", "a=rtpmap:97 opus/48000/2", "a=rtpmap:101 telephone-event/8000");
    expect(offerDifferences(offer, phone)).toEqual([
      { kind: "codecs", media: 0, offered: "opus telephone-event", understood: "PCMA telephone-event" },
    ]);
  });

  it("name profile and encryption of a browser's offer", () => {
    const offer = read("m=audio 9 UDP/TLS/RTP/SAVPF 8", "a=fingerprint:sha-256 AB");
    expect(encryptionOf(offer.media[0])).toBe("dtls");
    expect(kinds(offerDifferences(offer, phone))).toEqual(["profile", "encryption"]);
  });

  it("name keys in the description under an unencrypted profile", () => {
    const offer = read("m=audio 9 RTP/AVP 8", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x");
    expect(kinds(offerDifferences(offer, phone))).toEqual(["encryption"]);
  });

  it("name the address family and a kind of media that is not taken", () => {
    const offer = read("m=audio 9 RTP/AVP 8", "c=IN IP6 ::1", "m=video 9 RTP/AVP 31", "m=image 0 udptl t38");
    expect(kinds(offerDifferences(offer, phone))).toEqual(["address-family", "media-kind"]);
  });

  it("of an answer are paired by place, refused streams named", () => {
    const offer = read("m=audio 9 RTP/AVP 8", "m=video 9 RTP/AVP 31");
    const answer = read("m=audio 9 RTP/AVP 8", "m=video 0 RTP/AVP 31");
    expect(kinds(compareOfferAnswer(offer, answer))).toEqual(["stream-refused"]);
    expect(refusesAll(answer)).toBe(false);
    expect(refusesAll(read("m=audio 0 RTP/AVP 8"))).toBe(true);
    expect(refusesAll(read())).toBe(false);
  });
});
