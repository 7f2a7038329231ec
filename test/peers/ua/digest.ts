import { createHash } from "node:crypto";

/** An Authorization line for a challenge without qop, as the laboratory's registrar gives it. RFC 7616 §3.4 */
export function authorization(
  challenge: string,
  method: string,
  uri: string,
  username: string,
  password: string,
): string {
  const realm = parameter(challenge, "realm");
  const nonce = parameter(challenge, "nonce");
  const response = md5(`${md5(`${username}:${realm}:${password}`)}:${nonce}:${md5(`${method}:${uri}`)}`);
  return `Digest username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5`;
}

function parameter(challenge: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? "";
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
