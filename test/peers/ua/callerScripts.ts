import { linesOf } from "./calleeScripts.ts";
import { authorization } from "./digest.ts";
import type { Script } from "./scripts.ts";
import { uriOf } from "./sipText.ts";
import { pause, Side } from "./ua.ts";

export const callerScripts: Readonly<Record<string, Script>> = {
  /** Calls, talks and hangs up; or is refused. */
  async call(ua, { user = "1002", header, talk = "0.3" }) {
    const side = Side.caller(ua, user);
    const answer = await side.invite({ header: linesOf(header) });
    if ((answer.statusCode ?? 0) >= 300) return;
    await pause(Number(talk));
    await side.hangUp();
  },

  /** Offers encryption, and where that is refused calls at once without it, under another Call-ID. */
  async callWithEncryptionFirst(ua, { user = "1002", header }) {
    const key = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
    const encrypted = ua.sdp(`m=audio 40000 RTP/SAVP 8\r\na=rtpmap:8 PCMA/8000\r\n${key}`);
    const answer = await Side.caller(ua, user).invite({ header: linesOf(header), body: encrypted });
    if (answer.statusCode !== 488) return;
    const plain = Side.caller(ua, user);
    await plain.invite({ header: linesOf(header) });
    await pause(0.3);
    await plain.hangUp();
  },

  /** Sends one request straight to the next hop, again and again, and hears nothing. */
  async callInVain(ua, { times = "7", size = "0" }) {
    const side = Side.caller(ua, "1002");
    const candidates = Array.from({ length: Number(size) }, (_, index) => candidate(index)).join("");
    const header = [ua.contact("alice")];
    const body = `${ua.sdp()}${candidates}`;
    await ua.sendAgainAndAgain(side.text("INVITE", { header, body }), { times: Number(times) });
    await pause(0.5);
  },

  /** A description with thirty candidates needs more than one packet. */
  async callAtLength(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    const candidates = Array.from({ length: 40 }, (_, index) => candidate(index)).join("");
    await side.invite({ body: `${ua.sdp()}${candidates}` });
    await pause(0.3);
    await side.hangUp();
  },

  /** Offers nothing: the offer is in the 200 and the answer in the ACK. RFC 3264 §4 */
  async callWithoutOffer(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    side.send("INVITE", { header: [ua.contact("alice")] });
    side.learn(await ua.response("INVITE"));
    side.send("ACK", { cseq: 1, body: ua.sdp() });
    await pause(0.3);
    await side.hangUp();
  },

  /** Hears the answer and never acknowledges it. */
  async callWithoutAck(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    side.send("INVITE", { header: [ua.contact("alice")], body: ua.sdp() });
    side.learn(await ua.response("INVITE"));
    ua.respond(await ua.request("BYE"), "200 OK");
  },

  /** Calls and waits to be hung up on. */
  async callUntilBye(ua, { user = "1002", header }) {
    const side = Side.caller(ua, user);
    await side.invite({ header: linesOf(header) });
    ua.respond(await ua.request("BYE"), "200 OK");
  },

  /** Does not know the call that it is hung up on: it still rings. */
  async ringUntilBye(ua, { user = "1002", ends = "no" }) {
    const side = Side.caller(ua, user);
    side.send("INVITE", { header: [ua.contact("alice")], body: ua.sdp() });
    await ua.response("INVITE", 180);
    ua.respond(await ua.request("BYE"), "481 Call/Transaction Does Not Exist");
    if (ends === "yes") side.refusedAck(await ua.response("INVITE"));
  },

  /** Gets an answer whose Contact leads nowhere; the ACK goes where it says. */
  async callIntoTheVoid(ua, { user = "1002", ack = "yes" }) {
    const side = Side.caller(ua, user);
    side.send("INVITE", { header: [ua.contact("alice")], body: ua.sdp() });
    side.learn(await ua.response("INVITE"));
    if (ack === "yes") side.send("ACK", { cseq: 1 });
    ua.respond(await ua.request("BYE"), "200 OK");
  },

  /** Calls, and gives up while it rings, so many seconds after the INVITE; `reason` as header lines. */
  async callAndCancel(ua, { user = "1002", reason, after = "1", end = "yes" }) {
    const side = Side.caller(ua, user);
    const sentMillis = performance.now();
    side.send("INVITE", { header: [ua.contact("alice")], body: ua.sdp() });
    await ua.response("INVITE", 180);
    await pause(Math.max(0, Number(after) - (performance.now() - sentMillis) / 1000));
    side.send("CANCEL", { cseq: 1, header: linesOf(reason) });
    if (end === "no") return;
    const answer = await ua.response("INVITE");
    if ((answer.statusCode ?? 0) >= 300) return side.refusedAck(answer);
    side.learn(answer);
    side.send("ACK", { cseq: 1 });
    await side.hangUp();
  },

  /** Ends the call with a BYE that names another dialog, then with the right one. */
  async byeWithWrongTag(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    await side.invite();
    await pause(0.3);
    const right = side.peerTag;
    side.peerTag = `${right}x`;
    await side.hangUp();
    side.peerTag = right;
    await side.hangUp();
  },

  /** In the dialog, a request with a lower CSeq than the one before. */
  async countBackwards(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    side.cseq = 100;
    await side.invite();
    await pause(0.3);
    side.send("INVITE", { cseq: 7, header: [ua.contact("alice")], body: ua.sdp(undefined, 2) });
    side.refusedAck(await ua.response("INVITE"));
    side.cseq = 101;
    await side.hangUp();
  },

  /** Offers a re-INVITE at the moment in which the callee does; offers it again after so many seconds. */
  async glare(ua, { user = "1002", again, hold = "0.3" }) {
    const side = Side.caller(ua, user);
    await side.invite();
    await pause(0.3);
    const offer = { header: [ua.contact("alice")], body: ua.sdp(undefined, 2) };
    side.send("INVITE", offer);
    const crossing = await ua.request("INVITE");
    ua.respond(crossing, "491 Request Pending");
    await ua.response("INVITE");
    side.send("ACK", { cseq: side.cseq, branch: side.branch });
    if (again !== undefined) {
      await pause(Number(again));
      side.send("INVITE", offer);
      await side.conclude();
    }
    await pause(Number(hold));
    await side.hangUp();
  },

  /** Follows a redirection to its Contact, or `anew` under another Call-ID. RFC 3261 §8.1.3.4 */
  async followRedirect(ua, { user = "moved", anew }) {
    const first = Side.caller(ua, user);
    const moved = await first.invite();
    const side = anew === undefined ? first : Side.caller(ua, user);
    side.target = uriOf(moved.first("Contact"));
    await side.invite();
    await pause(0.3);
    await side.hangUp();
  },

  /** Registers for this long, and lets it run out. */
  async registerOnce(ua, { user = "carol", expires = "2" }) {
    const side = Side.caller(ua, user, user);
    side.target = "sip:sip.example.test";
    const header = [ua.contact(user), `Expires: ${expires}`];
    side.send("REGISTER", { header });
    const challenge = (await ua.response("REGISTER")).first("WWW-Authenticate");
    side.send("REGISTER", {
      header: [...header, `Authorization: ${authorization(challenge, "REGISTER", side.target, user, "s3cret")}`],
    });
    await ua.response("REGISTER");
    await pause(Number(expires) + 1.5);
  },

  /** Answers a challenge in the header field that it is told, or `anew` under another Call-ID. */
  async answerChallenge(ua, { field = "Proxy-Authorization", password = "s3cret", anew }) {
    const first = Side.caller(ua, "auth-1002");
    const challenge = (await first.invite()).first("Proxy-Authenticate");
    const side = anew === undefined ? first : Side.caller(ua, "auth-1002");
    const answer = authorization(challenge, "INVITE", side.target, "alice", password);
    await side.invite({ header: [`${field}: ${answer}`] });
  },

  /** Writes a port into its Via at which it does not listen, and does not ask for rport. RFC 3581 */
  async callFromBehindNat(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    const text = side.text("INVITE", { header: [ua.contact("alice")], body: ua.sdp() });
    await ua.sendAgainAndAgain(text.replace(`:${ua.own.port};`, ":5077;").replace(";rport", ""), { times: 7 });
  },

  /** A small request that is challenged; the one with the credentials is large, and gets lost. */
  async growTooLarge(ua) {
    const side = Side.caller(ua, "1002");
    const challenge = (await side.invite()).first("Proxy-Authenticate");
    const answer = authorization(challenge, "INVITE", side.target, "alice", "s3cret");
    const candidates = Array.from({ length: 20 }, (_, index) => candidate(index)).join("");
    const header = [ua.contact("alice"), `Proxy-Authorization: ${answer}`];
    await ua.sendAgainAndAgain(side.text("INVITE", { header, body: `${ua.sdp()}${candidates}` }), { times: 7 });
  },

  /** Registers for a time that is too short, then as told, or again as before. */
  async registerBriefly(ua, { obeys = "yes" }) {
    const side = Side.caller(ua, "alice");
    side.target = "sip:sip.example.test";
    const attempt = async (expires: string, credentials: readonly string[]): Promise<string> => {
      side.send("REGISTER", { header: [ua.contact("alice"), `Expires: ${expires}`, ...credentials] });
      const answer = await ua.response("REGISTER");
      return `${answer.statusCode} ${answer.first("WWW-Authenticate") || answer.first("Min-Expires")}`;
    };
    const challenge = await attempt("10", []);
    const answer = authorization(challenge, "REGISTER", side.target, "alice", "s3cret");
    const credentials = [`Authorization: ${answer}`];
    const [, minimum] = (await attempt("10", credentials)).split(" ");
    if (obeys === "yes") return void (await attempt(minimum, credentials));
    await attempt("10", credentials);
    await attempt("10", credentials);
  },

  /** Tries a session interval that is too short, and a second time with `retry` header lines. */
  async callTwice(ua, { user = "1002", header, retry }) {
    const side = Side.caller(ua, user);
    await side.invite({ header: linesOf(header) });
    const answer = await side.invite({ header: linesOf(retry) });
    if ((answer.statusCode ?? 0) >= 300) return;
    await pause(0.3);
    await side.hangUp();
  },

  /** Acknowledges and ends only one of the two answers it got. */
  async callAndTakeOne(ua, { user = "fork" }) {
    const side = Side.caller(ua, user);
    await side.invite();
    await ua.response("INVITE", 200);
    await pause(0.3);
    await side.hangUp();
    ua.respond(await ua.request("BYE"), "200 OK");
  },

  /** Rings reliably at the other end, and no PRACK goes there. */
  async callWithoutPrack(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    await side.invite({ header: ["Supported: 100rel"] });
  },

  async callReliably(ua, { user = "1002" }) {
    const side = Side.caller(ua, user);
    side.send("INVITE", { header: [ua.contact("alice"), "Supported: 100rel"], body: ua.sdp() });
    const inviteBranch = side.branch;
    const ringing = await ua.response("INVITE", 180);
    side.learn(ringing);
    side.send("PRACK", { header: [`RAck: ${ringing.first("RSeq")} 1 INVITE`] });
    side.branch = inviteBranch;
    side.learn(await ua.response("INVITE"));
    side.send("ACK", { cseq: 1 });
    await pause(0.3);
    await side.hangUp();
  },

  /** One request outside a dialog, with what it is told to carry. */
  async request(ua, { method = "OPTIONS", user = "1002", header, body, seconds = "60" }) {
    const side = Side.caller(ua, user);
    side.send(method, { header: [ua.contact("alice"), ...linesOf(header)], body });
    const answer = await ua.response(method, undefined, Number(seconds));
    if (method === "INVITE") side.refusedAck(answer);
  },

  /** Subscribes and takes the first notification. */
  async subscribe(ua, { user = "1002", event = "message-summary" }) {
    const side = Side.caller(ua, user);
    side.send("SUBSCRIBE", { header: [ua.contact("alice"), `Event: ${event}`, "Expires: 600"] });
    ua.respond(await ua.request("NOTIFY"), "200 OK");
  },

  /** Keeps the session alive before half of its time is over. RFC 4028 §7.2 */
  async callAndRefresh(ua, { user = "1002", seconds = "6" }) {
    const side = Side.caller(ua, user);
    const timer = [`Session-Expires: ${seconds};refresher=uac`, "Supported: timer"];
    await side.invite({ header: timer });
    for (let refresh = 0; refresh < 2; refresh++) {
      await pause(Number(seconds) / 2);
      side.send("UPDATE", { header: [ua.contact("alice"), ...timer] });
      await ua.response("UPDATE");
    }
    await side.hangUp();
  },
};

function candidate(index: number): string {
  const host = `10.9.0.10 ${40_000 + index}`;
  return `a=candidate:${index} 1 UDP ${2_130_706_431 - index} ${host} typ host generation 0\r\n`;
}
