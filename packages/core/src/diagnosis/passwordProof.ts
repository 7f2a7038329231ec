import type { Credentials } from "../message/digest.ts";
import type { SipRequest } from "../message/message.ts";

/** A hash, named as in `algorithm` of a challenge. RFC 7616 §6.1, RFC 8760 §2.1 */
export type DigestAlgorithm = "MD5" | "SHA-256" | "SHA-512-256";

/** The hash of text (as UTF-8) or bytes, in lower-case hexadecimal. Core has no hashes of its own: the platform gives them. */
export type DigestFunction = (algorithm: DigestAlgorithm, data: string | Uint8Array) => string;

/** What a user must know to be let in. Held in memory only: it never gets into a report. */
export interface Password {
  readonly username: string;
  readonly realm: string;
  readonly password: string;
}

/** `right`: the password given yields the digest that was sent. `unknown`: no password was given, or it cannot be computed. */
export type PasswordProof = "right" | "wrong" | "unknown";

const ALGORITHMS: readonly DigestAlgorithm[] = ["MD5", "SHA-256", "SHA-512-256"];

/** Computes the digest of a request anew from the passwords given. RFC 7616 §3.4, RFC 8760 §2.1, RFC 2617 §3.2.2 */
export class PasswordProver {
  readonly #passwords: readonly Password[];
  readonly #digest: DigestFunction | undefined;

  constructor(passwords: readonly Password[] = [], digest?: DigestFunction) {
    this.#passwords = passwords;
    this.#digest = digest;
  }

  prove(request: SipRequest, credentials: Credentials): PasswordProof {
    const digest = this.#digest;
    const algorithm = algorithmOf(credentials);
    if (digest === undefined || algorithm === undefined || this.#passwords.length === 0) return "unknown";
    const hash = (data: string | Uint8Array): string => digest(algorithm, data);
    const known = this.#passwords.filter((given) => isOf(given, credentials, hash));
    if (known.length === 0) return "unknown";
    const body = bodyHash(request, credentials, hash);
    if (body === undefined) return "unknown";
    const sent = credentials.response.toLowerCase();
    return known.some((given) => responseOf(given, request, credentials, body, hash) === sent) ? "right" : "wrong";
  }
}

type Hash = (data: string | Uint8Array) => string;

function algorithmOf({ scheme, algorithm }: Credentials): DigestAlgorithm | undefined {
  if (scheme.toLowerCase() !== "digest") return undefined;
  const name = algorithm === "" ? "MD5" : algorithm.toUpperCase().replace(/-SESS$/u, "");
  return ALGORITHMS.find((known) => known === name);
}

/** With `userhash` the user name itself is hashed. RFC 7616 §3.4.4 */
function isOf(given: Password, { realm, username, params }: Credentials, hash: Hash): boolean {
  if (given.realm !== realm) return false;
  if (params.get("userhash")?.toLowerCase() !== "true") return given.username === username;
  return hash(`${given.username}:${given.realm}`) === username.toLowerCase();
}

/** What auth-int adds: `undefined` where the body is not whole. RFC 7616 §3.4.3 */
function bodyHash(request: SipRequest, { qop }: Credentials, hash: Hash): string | undefined {
  if (qop.toLowerCase() !== "auth-int") return "";
  return request.packet.cut ? undefined : `:${hash(request.bodyBytes())}`;
}

/** RFC 7616 §3.4.1; without qop as in RFC 2617 §3.2.2.1. */
function responseOf(
  given: Password,
  request: SipRequest,
  credentials: Credentials,
  bodyPart: string,
  hash: Hash,
): string {
  const { algorithm, nonce, cnonce, nc, qop, uri } = credentials;
  const secret = hash(`${given.username}:${given.realm}:${given.password}`);
  const a1 = /-sess$/iu.test(algorithm) ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const a2 = hash(`${request.method}:${uri}${bodyPart}`);
  return hash(qop === "" ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${nc}:${cnonce}:${qop}:${a2}`);
}
