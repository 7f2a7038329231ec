import { expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { Analysis } from "./analysis.ts";
import { readRuleFixture } from "./ruleFixture.fixture.ts";

/** What the report on this traffic says of media: protocol, receiver, packets. */
function told(kind: "audio" | "video" | "fax", text: string): string[] {
  const section = `## near miss: traffic\n\`\`\`sip\n${text.trim()}\n\`\`\`\nobserved until 20\n`;
  const [{ packets, events, observedUntilMicros }] = readRuleFixture(section);
  const analysis = new Analysis({ names: [""], language });
  for (const event of events) analysis.pushEvent(event);
  for (const packet of packets) analysis.pushPacket(packet);
  analysis.observe(observedUntilMicros);
  return analysis
    .finish()
    .calls.flatMap((call) =>
      (call[kind] ?? []).map(({ protocol, destination, packets: count }) => `${protocol} to ${destination}: ${count}`),
    )
    .toSorted();
}

const audioOf = (text: string): string[] => told("audio", text);

const caller = "10.9.0.10";
const callee = "10.9.0.30";

const described = (address: string, media: string): string => `Content-Type: application/sdp

v=0
o=- 1 1 IN IP4 ${address}
s=-
c=IN IP4 ${address}
t=0 0
${media}
`;

const agreed = (cseq: number, at: number, offer: string, answer: string): string => `
${caller}:5060 > ${callee}:5060 at ${at}
INVITE sip:1002@${callee} SIP/2.0
CSeq: ${cseq} INVITE
${cseq === 1 ? "" : `To: <sip:1002@${callee}>;tag=to-10-9-0-30-5060\n`}${described(caller, offer)}
${callee}:5060 > ${caller}:5060 at ${at + 0.1}
SIP/2.0 200 OK
CSeq: ${cseq} INVITE
${described(callee, answer)}
${caller}:5060 > ${callee}:5060 at ${at + 0.11}
ACK sip:1002@${callee} SIP/2.0
CSeq: ${cseq} ACK
`;

const [plain, answered] = ["m=audio 4000 RTP/AVP 0", "m=audio 5000 RTP/AVP 0"];

const spoken = (since: number, until: number): string => `
rtp from ${caller}:4000 to ${callee}:5000 at ${since} until ${until}
rtp from ${callee}:5000 to ${caller}:4000 at ${since} until ${until}
`;

test("audio from before a hold is told where the call ends on hold", () => {
  const call = agreed(1, 0, plain, answered) + spoken(1, 5);
  const held = agreed(2, 6, `${plain}\na=sendonly`, `${answered}\na=recvonly`);
  const expected = [`RTP to ${caller}:4000: 201`, `RTP to ${callee}:5000: 201`];
  expect(audioOf(call)).toEqual(expected);
  expect(audioOf(call + held)).toEqual(expected);
});

test("audio that moved to other ports in the course of a call is told of both", () => {
  const moved = agreed(2, 6, "m=audio 4002 RTP/AVP 0", answered);
  const after = `rtp from ${callee}:5000 to ${caller}:4002 at 7 until 9`;
  expect(audioOf(agreed(1, 0, plain, answered) + spoken(1, 5) + moved + after)).toEqual([
    `RTP to ${caller}:4000: 201`,
    `RTP to ${caller}:4002: 101`,
    `RTP to ${callee}:5000: 201`,
  ]);
});

test("audio is SRTP where both sides have a profile that says so", () => {
  const secured = agreed(1, 0, "m=audio 4000 RTP/SAVP 0", "m=audio 5000 RTP/SAVP 0");
  expect(audioOf(secured + spoken(1, 5))).toEqual([`SRTP to ${caller}:4000: 201`, `SRTP to ${callee}:5000: 201`]);
  const half = agreed(1, 0, plain, "m=audio 5000 RTP/SAVP 0");
  expect(audioOf(half + spoken(1, 5))).toEqual([`RTP to ${caller}:4000: 201`, `RTP to ${callee}:5000: 201`]);
});

test("video is told beside audio, each by its own ports", () => {
  const call = agreed(1, 0, `${plain}\nm=video 4002 RTP/AVP 97`, `${answered}\nm=video 5002 RTP/AVP 97`);
  const seen = `${call}${spoken(1, 5)}rtp 97 from ${caller}:4002 to ${callee}:5002 at 1 until 5`;
  expect(told("video", seen)).toEqual([`RTP to ${callee}:5002: 201`]);
  expect(told("audio", seen)).toHaveLength(2);
});

test("a fax is told beside the audio that had the same ports before", () => {
  const call = agreed(1, 0, plain, answered) + spoken(1, 5);
  const fax = agreed(2, 6, "m=image 4000 udptl t38", "m=image 5000 udptl t38");
  const seen = `${call}${fax}udptl from ${callee}:5000 to ${caller}:4000 at 7 until 11`;
  expect(told("fax", seen)).toEqual([`UDPTL to ${caller}:4000: 201`]);
  expect(told("audio", seen)).toEqual(audioOf(call));
});
