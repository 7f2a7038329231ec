import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { authorization } from "../message/authorization.ts";
import type { SipRequest } from "../message/message.ts";
import { barePacket, parseMessage } from "../message/parseMessage.ts";
import { type DigestFunction, PasswordProver } from "./passwordProof.ts";

const names = { MD5: "md5", "SHA-256": "sha256", "SHA-512-256": "sha512-256" };
const digest: DigestFunction = (algorithm, data) => createHash(names[algorithm]).update(data).digest("hex");

/** The request of RFC 7616 §3.9.1, in a message that is SIP. */
function request(parameters: string, startLine = "GET /dir/index.html SIP/2.0", body = ""): SipRequest {
  const lines = [startLine, "Via: SIP/2.0/UDP a;branch=z9hG4bK1", "Call-ID: 1", `Authorization: Digest ${parameters}`];
  const message = parseMessage(barePacket(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n${body}`)));
  if (message?.kind !== "request") throw new Error("no request");
  return message;
}

const mufasa = { username: "Mufasa", realm: "http-auth@example.org", password: "Circle of Life" };
const answer = (algorithm: string, response: string): string =>
  `username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", algorithm=${algorithm}, ` +
  `nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, ` +
  `cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth, response="${response}"`;

function prove(message: SipRequest, password = mufasa, hash: DigestFunction | undefined = digest): string {
  const [credentials] = message.all(authorization);
  return new PasswordProver([password], hash).prove(message, credentials);
}

test.each([
  ["MD5", "8ca523f5e9506fed4657c9700eebdbec"],
  ["SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"],
])("the %s answer of RFC 7616 §3.9.1 is right", (algorithm, response) => {
  expect(prove(request(answer(algorithm, response)))).toBe("right");
});

test("another password does not yield the same digest", () => {
  const message = request(answer("MD5", "8ca523f5e9506fed4657c9700eebdbec"));
  expect(prove(message, { ...mufasa, password: "circle of life" })).toBe("wrong");
});

test("nothing is proven for another user, another realm, an unknown algorithm or without hashes", () => {
  const message = request(answer("MD5", "8ca523f5e9506fed4657c9700eebdbec"));
  expect(prove(message, { ...mufasa, username: "Simba" })).toBe("unknown");
  expect(prove(message, { ...mufasa, realm: "example.org" })).toBe("unknown");
  expect(prove(request(answer("AKAv1-MD5", "8ca523f5e9506fed4657c9700eebdbec")))).toBe("unknown");
  expect(new PasswordProver([mufasa]).prove(message, message.all(authorization)[0])).toBe("unknown");
});

test("without qop it is the digest of RFC 2069", () => {
  const parameters = `username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", response="1949323746fe6a43ef61f9606e7febea"`;
  expect(
    prove(request(parameters), { username: "Mufasa", realm: "testrealm@host.com", password: "CircleOfLife" }),
  ).toBe("right");
});

// Made with Python's hashlib: md5, sha256 and sha512_256 over the same strings.
const invite = "INVITE sip:bob@example.com SIP/2.0";
const alice = { username: "alice", realm: "example.com", password: "pässwort" };
const alices = (rest: string): string =>
  `username="alice", realm="example.com", nonce="n1", uri="sip:bob@example.com", nc=00000001, cnonce="c1", ${rest}`;

const SESSION_AND_BODY: readonly (readonly [string, string, string])[] = [
  ["MD5-sess", "auth", "ee5b11a21d7bcd63b2dd6140d3e108f0"],
  ["MD5", "auth-int", "8e531a6cea11873ddc60752079b7447a"],
  ["SHA-256-sess", "auth-int", "9b8a9dbd236c36ae5e65eb6b7879a006bbb66be68c360d32598cb467c867fc1d"],
  ["SHA-512-256", "auth", "a8b306c17de756a94b464944193059a3a5467bcef821aea1d25e8dd596f7f68f"],
  ["SHA-512-256", "auth-int", "2e23b2e13821bec063729721a9e734deb534801f7599c8a1ba73470a1fe21b73"],
];

test.each(SESSION_AND_BODY)("%s with %s is recomputed", (algorithm, qop, response) => {
  const message = request(alices(`algorithm=${algorithm}, qop=${qop}, response="${response}"`), invite, "v=0\r\n");
  expect(prove(message, alice)).toBe("right");
  expect(prove(message, { ...alice, password: "passwort" })).toBe("wrong");
});

test("a user name that is hashed is recognised", () => {
  const hashed = createHash("md5").update("alice:example.com").digest("hex");
  const [, , response] = SESSION_AND_BODY[0];
  const parameters = alices(`algorithm=MD5-sess, qop=auth, userhash=true, response="${response}"`);
  expect(prove(request(parameters.replace('"alice"', `"${hashed}"`), invite), alice)).toBe("right");
});
