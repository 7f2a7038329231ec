import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type MakeParser, type MessageFacts, textsOf } from "./parserUnderTest.ts";

/** A parser of the npm registry. The bench installs it outside of the repository, as nothing here depends on it. */
export interface PeerPackage {
  readonly name: string;
  /** Exactly this one is installed. */
  readonly version: string;
  readonly does: string;
  load(packages: string): Promise<MakeParser>;
}

interface SipHeaders {
  readonly headers: { readonly cseq?: { readonly seq: number }; readonly via?: readonly unknown[] };
}

/** Of JsSIP, and of those made from it. */
interface JsSipMessage {
  readonly cseq: number;
  getHeaders(name: string): readonly unknown[];
}

export const peerPackages: readonly PeerPackage[] = [
  {
    name: "sip",
    version: "0.0.6",
    does: "addresses, Via, CSeq and credentials by regular expressions, URIs of Route, Record-Route and Path; other fields as strings",
    async load(packages) {
      const { parse } = requireFrom<{ parse(text: string): SipHeaders | undefined }>(packages, "sip");
      return ofTexts(parse, factsOfHeaders);
    },
  },
  {
    name: "drachtio-sip",
    version: "0.6.3",
    does: "as `sip`, from which it was made",
    async load(packages) {
      const { parser } = requireFrom<{ parser: { parseSipMessage(text: string): SipHeaders | undefined } }>(
        packages,
        "drachtio-sip",
      );
      return ofTexts((text) => parser.parseSipMessage(text), factsOfHeaders);
    },
  },
  {
    name: "jssip",
    version: "3.13.8",
    does: "start line, first Via, From, To, Contact, Record-Route, CSeq and eleven more by a grammar; other fields as strings",
    async load(packages) {
      const parser = requireFrom<{ parseMessage(text: string, agent: object): JsSipMessage | undefined }>(
        packages,
        "jssip/lib/Parser.js",
      );
      return ofTexts((text) => parser.parseMessage(text, {}), factsOfMessage);
    },
  },
  {
    name: "parsip",
    version: "1.0.7",
    does: "as `jssip`, from which it was made",
    async load(packages) {
      const { getSIP } = requireFrom<{ getSIP(text: string): JsSipMessage | undefined }>(packages, "parsip");
      return ofTexts((text) => getSIP(text), factsOfMessage);
    },
  },
  {
    name: "sip.js",
    version: "0.21.2",
    does: "start line, first Via, From, To, Contact, Record-Route, CSeq and seven more by a grammar; other fields as strings",
    async load(packages) {
      const path = join(packages, "node_modules/sip.js/lib/core/messages/parser.js");
      const { Parser } = (await import(pathToFileURL(path).href)) as {
        Parser: { parseMessage(text: string, logger: object): JsSipMessage | undefined };
      };
      const logger = { warn() {}, error() {} };
      return ofTexts((text) => Parser.parseMessage(text, logger), factsOfMessage);
    },
  },
];

function requireFrom<T>(packages: string, name: string): T {
  return createRequire(join(packages, "package.json"))(name) as T;
}

/** One that throws has refused the message. */
function ofTexts<T>(parse: (text: string) => T | undefined, factsOf: (parsed: T) => MessageFacts): MakeParser {
  return (set) => {
    const texts = textsOf(set);
    const parseAt = (index: number): T | undefined => {
      try {
        return parse(texts[index]);
      } catch {
        return undefined;
      }
    };
    return {
      parse: parseAt,
      facts(index) {
        const parsed = parseAt(index);
        return parsed && factsOf(parsed);
      },
    };
  };
}

function factsOfHeaders({ headers }: SipHeaders): MessageFacts {
  return { cseq: headers.cseq?.seq ?? 0, vias: headers.via?.length ?? 0 };
}

function factsOfMessage(parsed: JsSipMessage): MessageFacts {
  return { cseq: parsed.cseq, vias: parsed.getHeaders("via").length };
}
