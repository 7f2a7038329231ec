import { accept } from "../../message/accept.ts";
import { contentEncoding } from "../../message/contentEncoding.ts";
import { contentType } from "../../message/contentType.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Evidence, Rule } from "../rule.ts";
import { listed } from "../wording.ts";

const REFUSED: ReadonlySet<number> = new Set([406, 413, 415, 493]);

/** The body, or the form of the answer, is not taken. RFC 3261 §8.2.3, §21.4.7, §21.4.11, §21.4.13 */
export const bodyRefused: Rule<"transaction", "body-refused"> = {
  id: "body-refused",
  inspects: "transaction",
  citations: ["RFC 3261 §8.2.3"],
  finalStatusCodes: REFUSED,
  check(root, context) {
    const answer = answerOf(root, REFUSED, context);
    if (answer === undefined) return undefined;
    const { request, response, minted, origin, statusCode } = answer;
    const cause = causeOf(answer);
    const named = cause === "accept" ? request : response;
    return {
      verdict: "certain",
      cause,
      response,
      origin,
      evidence: [request, ...evidenceOf(cause, answer), minted],
      citations: [SECTIONS[statusCode]],
      values: {
        client: root.client.text,
        origin: origin.endpoint.text,
        contentType: request.first(contentType)?.mediaType ?? "",
        encoding: request.all(contentEncoding).join(", "),
        accepted: listed(named.all(accept).map(({ mediaType }) => mediaType)),
        bytes: request.body.end - request.body.start,
      },
    };
  },
};

const SECTIONS: Readonly<Record<number, string>> = {
  406: "RFC 3261 §21.4.7",
  413: "RFC 3261 §21.4.11",
  415: "RFC 3261 §21.4.13",
  493: "RFC 3261 §21.4.27",
};

type Cause = "content-type" | "content-encoding" | "too-large" | "accept" | "undecipherable";

function causeOf({ statusCode, request, response }: Answer): Cause {
  if (statusCode === 413) return "too-large";
  if (statusCode === 406) return "accept";
  if (statusCode === 493) return "undecipherable";
  const type = request.first(contentType)?.mediaType;
  const typeIsTaken = response.all(accept).some(({ mediaType }) => mediaType === type);
  const encoded = request.all(contentEncoding).some((name) => name.toLowerCase() !== "identity");
  return encoded && (typeIsTaken || !response.has(accept)) ? "content-encoding" : "content-type";
}

function evidenceOf(cause: Cause, { request, minted }: Answer): Evidence[] {
  if (cause === "too-large") return [];
  if (cause === "accept") return request.has(accept) ? [{ message: request, field: accept }] : [];
  const field = cause === "content-encoding" ? contentEncoding : contentType;
  const sent = request.has(field) ? [{ message: request, field }] : [];
  return minted.has(accept) ? [...sent, { message: minted, field: accept }] : sent;
}
