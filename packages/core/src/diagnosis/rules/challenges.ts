import { authorization } from "../../message/authorization.ts";
import type { Challenge, Credentials } from "../../message/digest.ts";
import type { HeaderField } from "../../message/headerField.ts";
import type { SipRequest, SipResponse } from "../../message/message.ts";
import { proxyAuthenticate } from "../../message/proxyAuthenticate.ts";
import { proxyAuthorization } from "../../message/proxyAuthorization.ts";
import { wwwAuthenticate } from "../../message/wwwAuthenticate.ts";

/** One challenge with the header field it stands in. */
export interface GivenChallenge {
  readonly challenge: Challenge;
  readonly field: HeaderField<Challenge>;
  /** Which of the lines with this field. */
  readonly index: number;
}

export interface GivenCredentials {
  readonly credentials: Credentials;
  readonly field: HeaderField<Credentials>;
  readonly index: number;
}

/** True for 401 and 407. */
export function isChallenge(statusCode: number): boolean {
  return statusCode === 401 || statusCode === 407;
}

export function challengesOf(response: SipResponse): GivenChallenge[] {
  return [wwwAuthenticate, proxyAuthenticate].flatMap((field) =>
    response.all(field).map((challenge, index) => ({ challenge, field, index })),
  );
}

export function credentialsOf(request: SipRequest): GivenCredentials[] {
  return [authorization, proxyAuthorization].flatMap((field) =>
    request.all(field).map((credentials, index) => ({ credentials, field, index })),
  );
}

/** Where the credentials for a challenge belong. RFC 3261 §22.2, §22.3 */
export function answeringField({ field }: GivenChallenge): HeaderField<Credentials> {
  return field === wwwAuthenticate ? authorization : proxyAuthorization;
}

/** `MD5` where none is named. RFC 7616 §3.3 */
export function algorithmName(algorithm: string): string {
  return algorithm === "" ? "MD5" : algorithm.toUpperCase();
}
