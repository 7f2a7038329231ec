import { bound, everything, fields, index, message } from "./ours.ts";
import type { MakeParser } from "./parserUnderTest.ts";
import { peerPackages } from "./peerPackages.ts";

export interface OwnParser {
  readonly name: string;
  readonly does: string;
  load(): Promise<MakeParser> | MakeParser;
}

/** What all others are compared with. */
export const REFERENCE = "sipwhy, every field";

/** No parser, but what none in JavaScript can be much faster than. */
export const BOUND = "bound in JavaScript";

export const ownParsers: readonly OwnParser[] = [
  {
    name: "sipwhy, index",
    does: "start line, every header line with its field, places of Call-ID, CSeq, tags, top branch and body",
    load: () => index,
  },
  { name: "sipwhy, message", does: "the same, and strings of what messages are matched by", load: () => message },
  {
    name: "sipwhy, header fields",
    does: "the same, and every header field that rules read, with the URIs of the request, From, To and Contact",
    load: fields,
  },
  { name: REFERENCE, does: "the same, and the session description", load: everything },
  {
    name: BOUND,
    does: "splits lines and switches on the name; reads no value",
    load: () => bound,
  },
];

/** One of ours, or one of the packages in a folder. */
export async function makeParser(name: string, packages: string): Promise<MakeParser> {
  const own = ownParsers.find((each) => each.name === name);
  if (own !== undefined) return own.load();
  const peer = peerPackages.find((each) => each.name === name);
  if (peer === undefined) throw new Error(`no parser is called ${name}`);
  return peer.load(packages);
}
