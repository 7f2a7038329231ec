import { randomBytes } from "node:crypto";
import type { Script } from "./scripts.ts";
import { tagOf, type SipText } from "./sipText.ts";
import { pause, Side, type Ua } from "./ua.ts";

/** Header lines are given to a script in one argument, apart by `|`. */
export function linesOf(argument: string | undefined): readonly string[] {
  return argument === undefined || argument === "" ? [] : argument.split("|");
}

/** Two phones of one fork must not have the same. */
const tag = randomBytes(4).toString("hex");

/** Timer H: as long as a 2xx or a refusal waits for its ACK. RFC 3261 §17.2.1 */
const timerH = 32;

export const calleeScripts: Readonly<Record<string, Script>> = {
  /** Reads, and says nothing. */
  silent: async () => pause(600),

  /** Answers one request of this method with this status. */
  async respond(ua, { method = "INVITE", status = "200 OK", header, body, times = "1" }) {
    for (let count = 0; count < Number(times); count++) {
      const request = await ua.request(method);
      ua.respond(request, status, { tag: `${tag}${count}`, header: linesOf(header), body });
      if (method === "INVITE") await ua.request("ACK");
    }
  },

  /** Refuses once, and takes the second try. */
  async refuseThenAnswer(ua, { status = "", header }) {
    ua.respond(await ua.request("INVITE"), status, { tag: `${tag}0`, header: linesOf(header) });
    await ua.request("ACK");
    ua.respond(await ua.request("INVITE"), "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    await endOfCall(ua);
  },

  /** Sees the same request a second time, by another path, and says so. RFC 3261 §8.2.2.2 */
  async refuseTheSecondCopy(ua) {
    const first = await ua.request("INVITE");
    ua.respond(first, "180 Ringing", { tag, header: [ua.contact()] });
    ua.respond(await ua.request("INVITE"), "482 Loop Detected", { tag: `${tag}2` });
    await ua.request("ACK");
    ua.respond(first, "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    await endOfCall(ua);
  },

  /** Rings until it is cancelled. */
  async ring(ua, { cancelled = "487 Request Terminated", acknowledged = "yes" }) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "180 Ringing", { tag, header: [ua.contact()] });
    ua.respond(await ua.request("CANCEL"), "200 OK", { tag });
    if (cancelled === "") return;
    ua.respond(invite, cancelled, { tag });
    if (acknowledged === "yes") await ua.request("ACK");
  },

  /** Answers the call just when the CANCEL comes. */
  async answerOnCancel(ua) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "180 Ringing", { tag, header: [ua.contact()] });
    const cancel = await ua.request("CANCEL");
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    ua.respond(cancel, "200 OK", { tag });
    await endOfCall(ua);
  },

  async answer(ua, { header, status = "200 OK", media, ring = "0.2", contact }) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "180 Ringing", { tag, header: [ua.contact()] });
    await pause(Number(ring));
    const own = contact === undefined ? ua.contact() : contact;
    const lines = [...(own === "" ? [] : [own]), ...linesOf(header)];
    ua.respond(invite, status, { tag, header: lines, body: ua.sdp(media) });
    await endOfCall(ua);
  },

  /** Answers with a media description whose every line is refused. */
  async answerWithoutMedia(ua) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: ua.sdp("m=audio 0 RTP/AVP 8") });
    await endOfCall(ua);
  },

  /** Repeats its 200 as long as the standard asks, then gives up with a BYE. RFC 3261 §13.3.1.4 */
  async answerUnheard(ua, { contact, ring = "0" }) {
    const invite = await ua.request("INVITE");
    await pause(Number(ring));
    const own = contact === undefined ? ua.contact() : contact;
    const text = ua.responseTo(invite, "200 OK", { tag, header: own === "" ? [] : [own], body: ua.sdp() });
    await ua.sendAgainAndAgain(text, { cap: 4, to: hopBefore(invite), times: 11 });
    const side = Side.callee(ua, invite, tag);
    side.send("BYE");
    await ua.response("BYE");
  },

  /** Rings reliably and waits for the PRACK. RFC 3262 §3 */
  async answerReliably(ua, { hears = "yes" }) {
    const invite = await ua.request("INVITE");
    const header = ["Require: 100rel", "RSeq: 1", ua.contact()];
    const ringing = ua.responseTo(invite, "180 Ringing", { tag, header });
    if (hears === "no") {
      await ua.sendAgainAndAgain(ringing, { to: hopBefore(invite), times: 7 });
      ua.respond(invite, "504 Server Time-out", { tag });
      await ua.request("ACK");
      return;
    }
    ua.send(ringing, hopBefore(invite));
    ua.respond(await ua.request("PRACK"), "200 OK", { tag });
    await pause(0.2);
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    await endOfCall(ua);
  },

  /** Grants a session of this many seconds, sees no refresh, and ends it in time. RFC 4028 §10 */
  async endUnrefreshed(ua, { seconds = "30" }) {
    const invite = await ua.request("INVITE");
    const timer = [`Session-Expires: ${seconds};refresher=uac`, "Require: timer", "Supported: timer"];
    ua.respond(invite, "200 OK", { tag, header: [ua.contact(), ...timer], body: ua.sdp() });
    await ua.request("ACK");
    await pause(Number(seconds) - Math.min(timerH, Number(seconds) / 3));
    const side = Side.callee(ua, invite, tag);
    side.send("BYE", { header: ['Reason: SIP;cause=408;text="session timer expired"'] });
    await ua.response("BYE");
  },

  /** Ends the call as soon as it began, as one whose media did not come up. */
  async hangUpAtOnce(ua, { reason = "" }) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    await ua.request("ACK");
    await pause(0.3);
    const side = Side.callee(ua, invite, tag);
    side.send("BYE", { header: linesOf(reason) });
    await ua.response("BYE");
  },

  /** Rings, and hangs up what it has not answered; the INVITE gets this `end`, or none. RFC 3261 §15 */
  async hangUpEarly(ua, { end = "" }) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "180 Ringing", { tag, header: [ua.contact()] });
    await pause(1);
    Side.callee(ua, invite, tag).send("BYE");
    await ua.response("BYE");
    if (end === "") return;
    ua.respond(invite, end, { tag });
    await ua.request("ACK");
  },

  /** Accepts a subscription and notifies once. */
  async notifyOnce(ua, { event = "message-summary" }) {
    const subscribe = await ua.request("SUBSCRIBE");
    ua.respond(subscribe, "200 OK", { tag, header: [ua.contact(), "Expires: 600"] });
    const side = Side.callee(ua, subscribe, tag);
    side.routes = subscribe.all("Record-Route");
    const state = [`Event: ${event}`, "Subscription-State: active;expires=600", ua.contact()];
    side.send("NOTIFY", {
      header: [...state, "Content-Type: application/simple-message-summary"],
      body: "Messages-Waiting: no\r\n",
    });
    await ua.response("NOTIFY");
  },

  /** Offers a re-INVITE of its own right after the ACK, and refuses the one that crosses it. */
  async glareBack(ua, { again = "no" }) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    await ua.request("ACK");
    const side = Side.callee(ua, invite, tag);
    await pause(0.3);
    side.send("INVITE", { header: [ua.contact()], body: ua.sdp(undefined, 2) });
    const crossing = await ua.request("INVITE");
    ua.respond(crossing, "491 Request Pending", {});
    const answer = await ua.response("INVITE");
    side.send("ACK", { cseq: side.cseq, branch: side.branch });
    if (answer.statusCode !== 491) throw new Error(answer.startLine);
    if (again === "yes") {
      const second = await ua.request("INVITE");
      ua.respond(second, "200 OK", { header: [ua.contact()], body: ua.sdp(undefined, 2) });
      await ua.request("ACK");
    }
    ua.respond(await ua.request("BYE"), "200 OK");
  },

  /** Takes a call and makes another of it, with a Call-ID of its own. */
  async backToBack(ua, { status = "" }) {
    const invite = await ua.request("INVITE");
    const to = { address: "10.9.0.40", port: 5060 };
    const other = Side.caller(ua, "target", "alice");
    const text = other.text("INVITE", { header: [ua.contact(), ...sessionIdOf(invite)], body: bodyOf(invite) });
    ua.send(text, to);
    const answer = await ua.response("INVITE");
    const peerTag = tagOf(answer.first("To"));
    other.peerTag = peerTag;
    if ((answer.statusCode ?? 0) >= 300) {
      ua.send(other.text("ACK", { cseq: 1, branch: other.branch }), to);
      ua.respond(invite, status || answer.startLine.slice(8), { tag, header: [ua.contact()] });
      await ua.request("ACK");
      return;
    }
    other.learn(answer);
    ua.send(other.text("ACK", { cseq: 1 }), to);
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: bodyOf(answer) });
    ua.respond(await ua.request("BYE"), "200 OK");
    ua.send(other.text("BYE"), to);
    await ua.response("BYE");
  },

  /** A PBX whose group has two phones: the first is busy, the second answers. */
  async ringGroup(ua) {
    const invite = await ua.request("INVITE");
    const phones = [5060, 5062].map((port) => ({
      to: { address: "10.9.0.40", port },
      side: Side.caller(ua, `${port}`),
    }));
    for (const { side, to } of phones) ua.send(side.text("INVITE", { header: [ua.contact()], body: ua.sdp() }), to);
    const [busy, answering] = phones;
    await ua.response("INVITE", 486);
    ua.send(busy.side.text("ACK", { cseq: 1, branch: busy.side.branch }), busy.to);
    ua.respond(invite, "180 Ringing", { tag, header: [ua.contact()] });
    const answer = await ua.response("INVITE", 200);
    answering.side.learn(answer);
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    ua.send(answering.side.text("ACK", { cseq: 1 }), answering.to);
    ua.respond(await ua.request("BYE"), "200 OK");
    ua.send(answering.side.text("BYE"), answering.to);
    await ua.response("BYE");
  },

  /** Tells a status line that no one can read. */
  async mumble(ua) {
    const invite = await ua.request("INVITE");
    const text = ua.responseTo(invite, "2OO OK", { tag, header: [ua.contact()] });
    await ua.sendAgainAndAgain(text, { to: hopBefore(invite), times: 2 });
    await pause(5);
  },

  /** A dialog that its own restart made it forget. */
  async forget(ua, { status = "481 Call/Transaction Does Not Exist" }) {
    const invite = await ua.request("INVITE");
    ua.respond(invite, "200 OK", { tag, header: [ua.contact()], body: ua.sdp() });
    await ua.request("ACK");
    ua.respond(await ua.request("BYE"), status);
  },
};

/** ACKed, talked, hung up on. */
async function endOfCall(ua: Ua): Promise<void> {
  await ua.request("ACK");
  ua.respond(await ua.request("BYE"), "200 OK");
}

/** Where responses go: the topmost Via. RFC 3261 §18.2.2 */
function hopBefore(request: SipText): { address: string; port: number } {
  const sentBy = /^SIP\/2\.0\/\w+ ([^;:]+)(?::(\d+))?/.exec(request.first("Via"));
  return { address: sentBy?.[1] ?? "", port: Number(sentBy?.[2] ?? 5060) };
}

function sessionIdOf(message: SipText): readonly string[] {
  return message.all("Session-ID").map((value) => `Session-ID: ${value}`);
}

function bodyOf(message: SipText): string {
  return message.text.slice(message.text.indexOf("\r\n\r\n") + 4);
}
