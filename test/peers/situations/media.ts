import { baresip } from "../baresip.ts";
import { sipp } from "../sipp.ts";
import { finding, type Situation } from "../situation.ts";

const commands = ["/dial sip:1002@10.9.0.20"];
/** Eight seconds. */
const playsAudio = '<nop><action><exec play_pcap_audio="/usr/share/sip-tester/g711a.pcap"/></action></nop>';
const callerOptions = { host: "caller", user: "alice", seconds: 12, commands, sounds: true } as const;
const caller = baresip(callerOptions);

/** Audio that does not get through: signalling is in order, and the call is of no use. */
export const media: readonly Situation[] = [
  {
    name: "audio-one-way",
    actors: [sipp("answer"), caller],
    outcomes: ["answered:200"],
    findings: [
      finding("media-missing one-way", undefined, undefined, {
        verdict: ["likely"],
        says: "none came back. Whoever listened there heard nothing, and 10.9.0.10:5060 ended the call",
      }),
    ],
  },
  {
    name: "audio-stopped",
    actors: [
      sipp("answer", {
        fill: { media: "m=audio [auto_media_port] RTP/AVP 8\na=rtpmap:8 PCMA/8000", play: playsAudio },
      }),
      baresip({ host: "caller", user: "alice", seconds: 40, commands, sounds: true, silenceSeconds: 10 }),
    ],
    outcomes: ["answered:200"],
    findings: [
      finding("media-missing stopped", undefined, undefined, {
        verdict: ["likely"],
        says: "before 10.9.0.10:5060 ended the call, while",
      }),
    ],
  },
  {
    name: "audio-of-a-codec-that-was-not-offered",
    actors: [
      sipp("answer", {
        fill: { media: "m=audio [auto_media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000", play: playsAudio },
      }),
      baresip({ ...callerOptions, codec: "PCMU/8000/1" }),
    ],
    outcomes: ["answered:200"],
    findings: [
      finding("media-missing payload-unlisted", undefined, undefined, {
        verdict: ["likely"],
        says: "all of them have payload type 8",
      }),
    ],
  },
  {
    name: "audio-port-closed",
    actors: [sipp("answer", { fill: { media: "m=audio 45678 RTP/AVP 8\na=rtpmap:8 PCMA/8000" } }), caller],
    outcomes: ["answered:200"],
    findings: [
      finding("media-missing unreachable", undefined, undefined, {
        verdict: ["certain"],
        says: "10.9.0.30 answered",
      }),
    ],
  },
];
