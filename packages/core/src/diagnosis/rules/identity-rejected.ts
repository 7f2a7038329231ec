import { date } from "../../message/date.ts";
import { from } from "../../message/from.ts";
import { identity } from "../../message/identity.ts";
import type { SipRequest } from "../../message/message.ts";
import { pAssertedIdentity } from "../../message/pAssertedIdentity.ts";
import { parseUri } from "../../message/uri.ts";
import { type Answer, answerOf } from "../answer.ts";
import { isoTime } from "../isoTime.ts";
import type { Evidence, Rule } from "../rule.ts";
import { behind, whoKnows } from "../missing.ts";
import { listed } from "../wording.ts";
import { parsePassport } from "./passport.ts";

const REFUSED: ReadonlySet<number> = new Set([403, 428, 436, 437, 438]);
/** What a verifier should accept at least. RFC 8224 §4.1 */
const FRESH_SECONDS = 60;

/** The caller's identity was not signed, or the signature was not accepted. RFC 8224 §6.2.2 */
export const identityRejected: Rule<"transaction", "identity-rejected"> = {
  id: "identity-rejected",
  inspects: "transaction",
  citations: ["RFC 8224 §6.2.2"],
  finalStatusCodes: REFUSED,
  check(root, context) {
    const answer = answerOf(root, REFUSED, context);
    if (answer === undefined) return undefined;
    const stale = staleIdentity(answer);
    if (answer.statusCode === 403 && stale === undefined) return undefined;
    const { asked, response, minted, origin, statusCode } = answer;
    const signatures = asked.all(identity);
    const isUnsigned = statusCode !== 428 && signatures.length === 0;
    return {
      verdict: stale?.verdict ?? (isUnsigned ? "indeterminate" : "certain"),
      cause: causeOf(statusCode),
      response,
      origin,
      evidence: [asked, ...identityEvidence(asked, stale), minted],
      missing: isUnsigned
        ? [whoKnows(origin, asked.callId)]
        : origin.orBehind && stale?.verdict === "likely"
          ? [behind(origin.endpoint)]
          : [],
      values: {
        origin: origin.endpoint.text,
        client: answer.lastHop.client.text,
        date: stale?.date ?? "none",
        field: stale?.field ?? "",
        seconds: Math.abs(stale?.seconds ?? 0),
        future: (stale?.seconds ?? 0) < 0 ? "yes" : "no",
        identities: signatures.length,
        certificate: listed(signatures.flatMap(({ certificateUri }) => certificateUri ?? [])),
        signed: signedNumber(asked) ?? "none",
        from: callerNumbers(asked)[0],
        method: asked.method,
      },
    };
  },
};

function causeOf(statusCode: number) {
  if (statusCode === 428) return "missing";
  if (statusCode === 436) return "certificate-unreachable";
  if (statusCode === 437) return "certificate-untrusted";
  return statusCode === 438 ? "signature-or-number" : "stale-date";
}

export interface StaleIdentity {
  readonly verdict: "certain" | "likely";
  /** Where the age is read, `Date` or `iat`; `""` where it is only said by the phrase. */
  readonly field: string;
  readonly date: string;
  readonly seconds: number;
}

/** A 403 to a signed request that says, or whose age shows, that the signature was too old. RFC 8224 §6.2.2 */
export function staleIdentity({ statusCode, asked, response }: Answer): StaleIdentity | undefined {
  if (statusCode !== 403 || !asked.has(identity)) return undefined;
  const ages = agesOf(asked);
  if (response.reasonPhrase.toLowerCase().includes("stale date")) {
    const age = ages.find(({ seconds }) => Math.abs(seconds) > FRESH_SECONDS);
    return { verdict: "certain", ...(age ?? { field: "", date: "none", seconds: 0 }) };
  }
  // A call that is diverted has the old signature beside a fresh one.
  const areOld = ages.length > 0 && ages.every(({ seconds }) => seconds > FRESH_SECONDS);
  return areOld ? { verdict: "likely", ...ages[0] } : undefined;
}

/** Of each signature; below 0 where the date is in the future. The `iat` of a full PASSporT counts before Date. RFC 8224 §4.1, RFC 8225 §5.1.1 */
function agesOf(request: SipRequest): Pick<StaleIdentity, "field" | "date" | "seconds">[] {
  const { timeMicros: sentMicros, untimed } = request.packet;
  if (untimed === true) return [];
  const secondsSince = (micros: number): number => Math.round((sentMicros - micros) / 1e6);
  const dated = request.first(date)?.timeMicros;
  return request.all(identity).flatMap(({ signature }) => {
    const issued = parsePassport(signature)?.issuedMicros;
    if (issued !== undefined) return [{ field: "iat", date: isoTime(issued), seconds: secondsSince(issued) }];
    if (dated === undefined) return [];
    return [{ field: "Date", date: request.values(date.name)[0] ?? "", seconds: secondsSince(dated) }];
  });
}

/** The number that was signed, where it is not one that the request says it is from. */
function signedNumber(request: SipRequest): string | undefined {
  const said = callerNumbers(request).map(digitsOf);
  const signed = request.all(identity).flatMap(({ signature }) => parsePassport(signature)?.callerNumber ?? []);
  return signed.some((number) => said.includes(digitsOf(number))) ? undefined : signed[0];
}

/** Of P-Asserted-Identity, for which the network vouches, and of From. RFC 3325 §9.1 */
function callerNumbers(request: SipRequest): string[] {
  const uris = [...request.all(pAssertedIdentity).map(({ uri }) => uri), request.first(from)?.uri ?? ""];
  return uris.map((uri) => parseUri(uri)?.user ?? uri);
}

function digitsOf(number: string): string {
  return number.replace(/\D/gu, "");
}

function identityEvidence(request: SipRequest, stale: StaleIdentity | undefined): Evidence[] {
  const signed = request.all(identity).map((_, index) => ({ message: request, field: identity, index }));
  return stale?.field === "Date" ? [...signed, { message: request, field: date }] : signed;
}
