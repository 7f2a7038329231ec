import { date } from "../../message/date.ts";
import { from } from "../../message/from.ts";
import { identity } from "../../message/identity.ts";
import type { SipRequest } from "../../message/message.ts";
import { parseUri } from "../../message/uri.ts";
import { type Answer, answerOf } from "../answer.ts";
import { isoTime } from "../isoTime.ts";
import type { Evidence, Rule } from "../rule.ts";
import { behind } from "../wording.ts";
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
    const { request, response, minted, origin } = answer;
    return {
      verdict: stale?.verdict ?? "certain",
      cause: causeOf(answer.statusCode),
      response,
      origin,
      evidence: [request, ...identityEvidence(request, stale), minted],
      missing: origin.orBehind && stale?.verdict === "likely" ? [behind(origin.endpoint)] : [],
      values: {
        origin: origin.endpoint.text,
        client: answer.lastHop.client.text,
        date: stale?.date ?? "none",
        field: stale?.field ?? "",
        seconds: stale?.seconds ?? 0,
        certificate: request.first(identity)?.certificateUri ?? "none",
        signed: signedNumber(request) ?? "none",
        from: callerNumber(request),
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
export function staleIdentity({ statusCode, request, response }: Answer): StaleIdentity | undefined {
  if (statusCode !== 403 || !request.has(identity)) return undefined;
  const said = response.reasonPhrase.toLowerCase().includes("stale date");
  const age = ageOf(request);
  if (age !== undefined && age.seconds > FRESH_SECONDS) return { verdict: said ? "certain" : "likely", ...age };
  return said ? { verdict: "certain", field: "", date: "none", seconds: 0 } : undefined;
}

/** The `iat` of a full PASSporT counts before Date. RFC 8224 §4.1, RFC 8225 §5.1.1 */
function ageOf(request: SipRequest): Pick<StaleIdentity, "field" | "date" | "seconds"> | undefined {
  const { timeMicros: sentMicros, untimed } = request.packet;
  if (untimed === true) return undefined;
  const issued = parsePassport(request.first(identity)?.signature ?? "")?.issuedMicros;
  if (issued !== undefined)
    return { field: "iat", date: isoTime(issued), seconds: Math.round((sentMicros - issued) / 1e6) };
  const dated = request.first(date)?.timeMicros;
  if (dated === undefined) return undefined;
  const text = request.values(date.name)[0] ?? "";
  return { field: "Date", date: text, seconds: Math.round((sentMicros - dated) / 1e6) };
}

/** The number that was signed, where it is not the one in From. */
function signedNumber(request: SipRequest): string | undefined {
  const signed = parsePassport(request.first(identity)?.signature ?? "")?.callerNumber;
  return signed === undefined || digitsOf(signed) === digitsOf(callerNumber(request)) ? undefined : signed;
}

function callerNumber(request: SipRequest): string {
  const uri = request.first(from)?.uri ?? "";
  return parseUri(uri)?.user ?? uri;
}

function digitsOf(number: string): string {
  return number.replace(/\D/gu, "");
}

function identityEvidence(request: SipRequest, stale: StaleIdentity | undefined): Evidence[] {
  const signed = request.has(identity) ? [{ message: request, field: identity }] : [];
  return stale?.field === "Date" ? [...signed, { message: request, field: date }] : signed;
}
