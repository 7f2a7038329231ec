import type {
  MediaReport,
  CallReport,
  CaptureReport,
  EvidenceReport,
  FindingReport,
  LinkReport,
  MessageReport,
  Report,
} from "../diagnosis/report.ts";
import { ruleSentences } from "../diagnosis/ruleSentences.ts";
import { formatText, hasVariantFor } from "../language/format.ts";
import type { Language, Message } from "../language/language.ts";
import { readSentence } from "../language/readSentence.ts";
import { parseIpv4 } from "../bytes/parseAddress.ts";
import { redactSdpLine } from "./redactBody.ts";
import { redactFieldLine } from "./redactField.ts";
import { isNumber, Redactor, type Redaction } from "./redactor.ts";
import { redactHostPort, redactProse, redactWire } from "./redactWords.ts";

export interface RedactedReport {
  readonly report: Report;
  readonly redactions: readonly Redaction[];
}

/**
 * A report of the same shape without what tells who and where. Its sentences are made again, from the values that were replaced.
 * The redactor may be one that has redacted the messages before: then both tell the same pseudonyms.
 */
export function redactReport(report: Report, language: Language, redactor: Redactor = new Redactor()): RedactedReport {
  const redact = new ReportRedaction(language, redactor);
  // Who the parties are has to be known before sentences are searched for them.
  const calls = report.calls.map((call) => ({ call, head: redact.head(call) }));
  const redacted = {
    ...report,
    captures: report.captures.map((capture) => redact.capture(capture)),
    calls: calls.map(({ call, head }) => ({
      ...head,
      findings: call.findings.map((finding) => redact.finding(finding)),
    })),
    findings: report.findings.map((finding) => redact.finding(finding)),
  };
  return { report: redacted, redactions: redactor.redactions() };
}

/** One call alone, as `redactReport` does it. */
export function redactCall(call: CallReport, language: Language, redactor: Redactor): CallReport {
  const redact = new ReportRedaction(language, redactor);
  return { ...redact.head(call), findings: call.findings.map((finding) => redact.finding(finding)) };
}

class ReportRedaction {
  readonly #language: Language;
  readonly #redactor: Redactor;

  constructor(language: Language, redactor: Redactor) {
    this.#language = language;
    this.#redactor = redactor;
  }

  head(call: CallReport): CallReport {
    // Lines of a log are free text, in which anything may name somebody: none is told.
    const { audio, video, fax, messages, annotations: _annotations, ...rest } = call;
    return {
      ...rest,
      callIds: call.callIds.map((callId) => this.#wire(callId)),
      from: this.#uri(call.from),
      to: this.#uri(call.to),
      links: call.links.map((link) => this.#link(link)),
      ...(audio === undefined ? {} : { audio: this.#media(audio) }),
      ...(video === undefined ? {} : { video: this.#media(video) }),
      ...(fax === undefined ? {} : { fax: this.#media(fax) }),
      ...(messages === undefined ? {} : { messages: messages.map((message) => this.#message(message)) }),
    };
  }

  capture(capture: CaptureReport): CaptureReport {
    return {
      ...capture,
      name: this.#redactor.file(capture.name),
      incidents: capture.incidents.map((incident) => ({ ...incident, text: this.#prose(incident.text) })),
    };
  }

  finding(finding: FindingReport): FindingReport {
    const { rule, cause = "", origin, element, readings } = finding;
    const messages = this.#messagesOf(rule, cause);
    const values = Object.fromEntries(
      Object.entries(finding.values).map(([name, value]) => {
        // A word of ours that chooses between sentences names nobody.
        const isChoice = messages.some((message) => hasVariantFor(message, name, String(value)));
        return [name, isChoice ? value : this.#value(name, value)];
      }),
    );
    const isKnown = Object.hasOwn(this.#language.rules, rule);
    const { title, why, fix } = isKnown ? ruleSentences(rule, cause, values, this.#language) : this.#sentences(finding);
    return {
      ...finding,
      title,
      why,
      fix,
      ...(origin === undefined
        ? {}
        : {
            origin: {
              ...origin,
              address: redactHostPort(origin.address, this.#redactor),
              ...(origin.product === undefined ? {} : { product: this.#product(origin.product) }),
              basis: origin.basis.map((sentence) => this.#ui("basis.", sentence)),
            },
          }),
      ...(element === undefined ? {} : { element: redactHostPort(element, this.#redactor) }),
      evidence: finding.evidence.map((evidence) => this.#evidence(evidence)),
      missing: finding.missing.map((sentence) => this.#ui("missing.", sentence)),
      ...(readings === undefined
        ? {}
        : {
            readings: readings.map((reading) => ({
              ...reading,
              why: this.#again([this.#language.rules[rule]?.why[reading.cause] ?? ""], reading.why),
              decidedBy: this.#ui("missing.", reading.decidedBy),
            })),
          }),
      values,
    };
  }

  #messagesOf(rule: string, cause: string): readonly Message[] {
    if (!Object.hasOwn(this.#language.rules, rule)) return [];
    const { title, why, fix } = this.#language.rules[rule];
    return [title, why[cause] ?? "", ...(fix[cause] ?? fix[""] ?? [])];
  }

  #sentences({ title, why, fix }: FindingReport): Pick<FindingReport, "title" | "why" | "fix"> {
    return { title: this.#prose(title), why: this.#prose(why), fix: fix.map((step) => this.#prose(step)) };
  }

  #link(link: LinkReport): LinkReport {
    const [first, second] = link.callIds;
    return {
      ...link,
      callIds: [this.#wire(first), this.#wire(second)],
      evidence: link.evidence.map((evidence) => this.#evidence(evidence)),
    };
  }

  #message(message: MessageReport): MessageReport {
    return {
      ...message,
      callId: this.#wire(message.callId),
      source: redactHostPort(message.source, this.#redactor),
      destination: redactHostPort(message.destination, this.#redactor),
      label: this.#wire(message.label),
    };
  }

  #media(media: readonly MediaReport[]): MediaReport[] {
    return media.map((each) => ({
      ...each,
      source: redactHostPort(each.source, this.#redactor),
      destination: redactHostPort(each.destination, this.#redactor),
    }));
  }

  #evidence(evidence: EvidenceReport): EvidenceReport {
    return { ...evidence, quote: this.#quote(evidence.quote) };
  }

  /** A start line, a header line, a line of a body, or words of ours about an event below SIP. */
  #quote(quote: string): string {
    if (quote.startsWith("TLS Certificate: ")) return this.#certificate(quote);
    if (/^[a-z]=/u.test(quote)) return redactSdpLine(quote, this.#redactor);
    const isField = /^[A-Za-z0-9-]{1,60}[ \t]*:/u.test(quote) && !/^sips?:/iu.test(quote);
    return isField ? redactFieldLine(quote, this.#redactor) : this.#wire(quote);
  }

  /** Names in it are `O=Example, CN=ca.example.com`. */
  #certificate(text: string): string {
    const named = text.replaceAll(/(?<=(?:^|[ ,])(?:[A-Z]{1,6}|#[\d.]+)=)[^,;.]+(?=[,;]|$)/gu, (name) =>
      this.#redactor.name(name),
    );
    return this.#wire(named);
  }

  #value(name: string, value: string | number): string | number {
    if (typeof value === "number" || value === "" || (counts.test(name) && isCount(value))) return value;
    if (name === "realm" || name === "serverName" || name === "certificate") return this.#redactor.host(value);
    if (parseIpv4(value) !== undefined) return this.#redactor.ipv4(value);
    if (name === "examples") return value.replaceAll(/[^, ]+/gu, (user) => this.#redactor.user(user));
    if (name === "path")
      return value.replaceAll(/[^/]+/gu, (part) => (usualPaths.has(part) ? part : this.#redactor.name(part)));
    if (parties.has(name) && (isNumber(value) ? value.length > 2 : /^[\w-]+$/u.test(value)))
      return this.#redactor.user(value);
    if (name === "product" || name === "phrase") return this.#product(value);
    if (name === "issuer") return this.#certificate(value);
    if (name === "issuerAddress") return this.#wire(value);
    return this.#quote(value);
  }

  #product(product: string): string {
    return redactFieldLine(`Server: ${product}`, this.#redactor).slice("Server: ".length);
  }

  #uri(uri: string): string {
    return this.#wire(uri);
  }

  #wire(text: string): string {
    return redactWire(text, this.#redactor);
  }

  /** A sentence of the interface, found by the beginning of its key. */
  #ui(prefix: string, sentence: string): string {
    const { ui } = this.#language;
    return this.#again(
      Object.keys(ui).flatMap((key) => (key.startsWith(prefix) ? [ui[key]] : [])),
      sentence,
    );
  }

  /** The sentence made again from values that are found in it: a number in it is then known to be one, or to be a frame. */
  #again(messages: readonly Message[], sentence: string): string {
    const { tag } = this.#language;
    for (const message of messages) {
      const read = readSentence(message, sentence, tag);
      if (read === undefined) continue;
      const redacted = Object.entries(read.values).map(([name, value]) => [name, this.#value(name, value)] as const);
      return formatText(read.pattern, Object.fromEntries(redacted), tag);
    }
    return this.#prose(sentence);
  }

  #prose(sentence: string): string {
    return redactProse(sentence, this.#redactor);
  }
}

/** A number, or a frame of one of several captures. */
function isCount(value: string): boolean {
  return isNumber(value) || /^\d{1,9}:\d{1,16}$/u.test(value);
}

/** Values that count or order something. */
const counts: RegExp =
  /frame|seconds|millis|code|count|hops|times|lostAt|retransmissions|line|bytes|minimum|interval/iu;

/** Of a WebSocket URL: what is there with everybody. */
const usualPaths: ReadonlySet<string> = new Set(["ws", "wss", "sip", "websocket"]);

/** Values that name a person, an account or a number, where they are no address. */
const parties: ReadonlySet<string> = new Set(
  "callee caller client user username target transferee referrer refresher sender owner other others from example wanted seen sent asked known".split(
    " ",
  ),
);
