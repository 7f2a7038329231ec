import { to } from "../../message/to.ts";
import type { Rule } from "../rule.ts";
import { listed } from "../wording.ts";

/** As examples. */
const MOST_NAMED = 4;

/** One address asked a server for many users, and nothing was accepted: a scanner under another name, or a PBX that is no longer known there. */
export const manyUsersTried: Rule<"client", "many-users-tried"> = {
  id: "many-users-tried",
  inspects: "client",
  citations: [],
  check({ client, server, users, statusCodes, first, decisive }) {
    return {
      verdict: "indeterminate",
      evidence: [
        { message: first, field: to },
        { message: decisive, field: to },
      ],
      missing: [{ kind: "owner", values: { address: client.address } }],
      values: {
        client: client.address,
        server: server.text,
        count: users.size,
        examples: listed([...users].slice(0, MOST_NAMED)),
        codes: listed([...statusCodes].map(String)),
      },
    };
  },
};
