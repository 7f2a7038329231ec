import { requiredHeaderFields } from "../../reference/requiredHeaderFields.ts";
import { contact } from "../../message/contact.ts";
import type { SipResponse } from "../../message/message.ts";
import { hops, type Transaction } from "../../transaction/transaction.ts";
import type { Rule } from "../rule.ts";

/** A response that breaks the grammar, or lacks a header field that its code must carry. RFC 3261 §20, §21 */
export const responseMalformed: Rule<"transaction", "response-malformed"> = {
  id: "response-malformed",
  inspects: "transaction",
  citations: ["RFC 3261 §20", "RFC 3261 §21"],
  check(root) {
    const found = firstFlaw(root);
    if (found === undefined) return undefined;
    const { response, cause, field } = found;
    return {
      verdict: "certain",
      cause,
      statusCode: response.statusCode < 0 ? undefined : response.statusCode,
      evidence: [response],
      citations: cause === "status-line" ? ["RFC 3261 §7.2"] : [],
      values: {
        status: `${response.statusCode} ${response.reasonPhrase}`,
        sender: response.packet.source.text,
        field,
        line: response.startLine,
      },
    };
  },
};

interface Flaw {
  readonly response: SipResponse;
  readonly cause: "status-line" | "field-missing";
  readonly field: string;
}

/** The first flaw on the hop nearest to the source of the response: proxies pass it on. */
function firstFlaw(root: Transaction): Flaw | undefined {
  for (const hop of hops(root).reverse()) {
    for (const response of hop.responses) {
      const flaw = flawOf(root, response);
      if (flaw !== undefined) return flaw;
    }
  }
  return undefined;
}

function flawOf(root: Transaction, response: SipResponse): Flaw | undefined {
  const { statusCode } = response;
  if (statusCode < 100 || statusCode > 699) return { response, cause: "status-line", field: "" };
  if (root.method === "INVITE" && statusCode >= 200 && statusCode < 300 && !response.has(contact)) {
    return { response, cause: "field-missing", field: "Contact" };
  }
  for (const { names, condition, value } of requiredHeaderFields(statusCode, root.method)) {
    if (condition !== undefined || value !== undefined) continue;
    const present = names.some((name) => response.values(name).length > 0);
    if (!present) return { response, cause: "field-missing", field: names[0] };
  }
  return undefined;
}
