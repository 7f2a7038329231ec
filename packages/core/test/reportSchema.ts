import { z } from "zod";

const time = z.string().describe("ISO 8601 with microseconds, UTC");
const untrusted = (what: string): z.ZodString => z.string().describe(`${what}: text from the input, not to be trusted`);
const count = z.int().min(0);
const statusCode = z.int().min(0).max(999);

const incident = z
  .object({
    kind: z.enum([
      "file-cut",
      "file-damaged",
      "container-unread",
      "capture-foreign",
      "packets-listed",
      "members-skipped",
      "packets-cut",
      "packets-duplicated",
      "packets-missing",
      "one-direction",
      "clock-stepped",
      "clock-wrong",
      "clock-offset",
      "addresses-inferred",
      "times-missing",
      "messages-cut",
      "newest-first",
      "text-mended",
      "fragments-missing",
      "link-type-unknown",
      "tunnel-too-deep",
      "encrypted",
      "websocket-compressed",
      "decryption-failed",
      "limit-reached",
    ]),
    count,
    frame: count.optional().describe("The first frame it happened at"),
    text: z.string().describe("Its sentence, in the language asked for"),
  })
  .readonly()
  .meta({ id: "incident" });

const counts = z.record(z.string(), count).readonly();

const input = z
  .object({
    frames: counts.describe(
      "Frames by link type: `ethernet`, `linux-cooked`, `linktype-147`; `hep` and `log` of other inputs",
    ),
    layers: counts.describe("Packets by the encapsulations, network and transport protocols that were taken off"),
    messages: counts.describe("What looked like SIP messages, by transport"),
    formats: counts.describe("Of a log: messages by the format they were printed in"),
    connections: counts.describe("TCP connections by what they carried"),
    others: counts.describe("Packets that are not SIP, by what they are"),
    unread: counts.describe("Packets that could not be read, by why"),
  })
  .readonly()
  .meta({ id: "input" });

const capture = z
  .object({
    name: untrusted("Name of the file; `traces.tar.gz/day1.pcap` of one in a container"),
    container: untrusted("The input that it is a member of").optional(),
    format: z.string().describe("`pcap`, `pcapng`, ... or `unknown`"),
    frames: count,
    messages: count.describe("SIP messages, duplicates included"),
    firstTime: time.optional(),
    lastTime: time.optional(),
    timesLack: z
      .array(z.enum(["day", "year", "zone"]))
      .readonly()
      .optional()
      .describe(
        "What a log does not print with its times: a missing day is given as 1970-01-01, a missing year as 1972, and a missing zone as UTC",
      ),
    input: input.optional().describe("What was recognised in it and what was not, counted; names may be added"),
    incidents: z.array(incident).readonly(),
  })
  .readonly()
  .meta({ id: "capture" });

const evidence = z
  .object({
    capture: count.describe("Index into `captures`"),
    frame: count.describe("Wireshark's frame number: from 1, per capture"),
    time: z.string().describe("ISO 8601 with microseconds, UTC; empty where there is none: a log may not say when"),
    quote: untrusted("The deciding line, as it was on the wire"),
  })
  .readonly()
  .meta({ id: "evidence" });

const origin = z
  .object({
    address: z.string().describe("`10.9.0.30:5060`, `[fd00:9::30]:5060`"),
    orBehind: z
      .boolean()
      .describe("True when something behind the address, not in the capture, may have minted the response"),
    product: untrusted("What the element calls itself").optional(),
    basis: z.array(z.string()).readonly().describe("How we know: short sentences, strongest first"),
  })
  .readonly()
  .meta({ id: "origin" });

const reading = z
  .object({ cause: z.string(), why: z.string(), decidedBy: z.string() })
  .readonly()
  .meta({ id: "reading" });

const finding = z
  .object({
    rule: z.string().describe("Id of the rule; never changes its meaning"),
    cause: z.string().optional(),
    verdict: z.enum(["certain", "likely", "indeterminate"]),
    statusCode: statusCode.optional().describe("The response that the finding is about"),
    title: z.string(),
    why: z.string(),
    fix: z.array(z.string()).readonly(),
    origin: origin.optional(),
    element: z
      .string()
      .optional()
      .describe(
        "Where no answer has an origin: address and port of the element that did not do its part, by which findings are told apart",
      ),
    evidence: z.array(evidence).readonly(),
    missing: z.array(z.string()).readonly().describe("What would have to be captured, and where, to know more"),
    readings: z.array(reading).readonly().optional().describe("Other causes that fit, best first"),
    citations: z.array(z.string()).readonly().describe("`RFC 3398 §7.2.4.1`"),
    values: z.record(z.string(), z.union([z.string(), z.number()])).readonly(),
  })
  .readonly()
  .meta({ id: "finding" });

const link = z
  .object({
    kind: z.string(),
    callIds: z.tuple([z.string(), z.string()]).readonly(),
    score: z.number().min(0).max(1),
    evidence: z.array(evidence).readonly(),
  })
  .readonly()
  .meta({ id: "link" });

const media = z
  .object({
    source: z.string().describe("Address and port"),
    destination: z.string(),
    protocol: z.enum(["RTP", "SRTP", "UDPTL"]).describe("By the profile that both sides agreed on"),
    packets: count.describe("RTP or UDPTL packets"),
    startTime: time,
    durationSeconds: z.number().describe("From the first to the last packet"),
  })
  .readonly()
  .meta({ id: "media" });

const annotation = z
  .object({
    capture: count.describe("Index into `captures`"),
    frame: count.describe("Number of the message that the line stands behind; 0 before the first"),
    time,
    by: z
      .enum(["call-id", "identity", "time"])
      .describe(
        "Why it belongs to the call: it names the Call-ID, or what the log calls it, or no other call was under way",
      ),
    text: untrusted("The line"),
  })
  .readonly()
  .meta({ id: "annotation" });

const message = z
  .object({
    capture: count,
    frame: count,
    time,
    untimed: z
      .boolean()
      .optional()
      .describe("True where the input does not say when: the time then only keeps the order"),
    callId: untrusted("Call-ID"),
    source: z.string(),
    destination: z.string(),
    sourceElement: z
      .string()
      .optional()
      .describe(
        "Of the element that wrote a log, which may go by several addresses: the same wherever it is the same element",
      ),
    destinationElement: z.string().optional().describe("As sourceElement"),
    transport: z.string(),
    label: untrusted("`INVITE`, `486 Busy Here`"),
    method: untrusted("Method of CSeq"),
    statusCode: statusCode.optional(),
    retransmissionOf: count.optional().describe("Frame of the first sending"),
  })
  .readonly()
  .meta({ id: "message" });

const outcome = z
  .object({
    kind: z.enum([
      "answered",
      "cancelled",
      "busy",
      "declined",
      "redirected",
      "failed",
      "unanswered",
      "succeeded",
      "in-progress",
      "unknown",
    ]),
    statusCode: statusCode.optional().describe("What the caller got"),
  })
  .readonly()
  .meta({ id: "outcome" });

const call = z
  .object({
    id: z.string(),
    kind: z.enum(["call", "registration", "subscription", "options", "message", "other"]),
    callIds: z.array(untrusted("Call-ID")).readonly(),
    from: untrusted("URI without parameters"),
    to: untrusted("URI without parameters"),
    startTime: time,
    durationSeconds: z.number(),
    untimed: z
      .boolean()
      .optional()
      .describe("True where the input does not say when: start and duration then only keep the order, from 1970 on"),
    outcome,
    links: z.array(link).readonly().describe("Why Call-IDs were joined into one call"),
    findings: z.array(finding).readonly(),
    audio: z
      .array(media)
      .readonly()
      .optional()
      .describe("What was seen of the audio that both sides agreed on, in order of time"),
    video: z.array(media).readonly().optional().describe("The same of the video"),
    fax: z.array(media).readonly().optional().describe("The same of the fax (T.38 over UDPTL)"),
    messages: z
      .array(message)
      .readonly()
      .optional()
      .describe("Everything that was said, in order of time; only when the ladder was asked for"),
    annotations: z
      .array(annotation)
      .readonly()
      .optional()
      .describe("What logs say about the call between its messages; only when the ladder was asked for"),
  })
  .readonly()
  .meta({ id: "call" });

const totals = z
  .object({
    messages: count,
    requests: count,
    responses: count,
    calls: count.describe("Calls of kind `call`"),
    failedCalls: count,
    statusCodes: z.record(z.string(), count).readonly().describe("Responses by status code"),
  })
  .readonly()
  .meta({ id: "totals" });

/** The report as a zod schema: what `report.schema.json` is written from. */
export const reportSchema = z
  .object({
    version: z.literal(1),
    captures: z.array(capture).readonly(),
    totals,
    calls: z.array(call).readonly(),
    findings: z.array(finding).readonly().describe("About the captures themselves"),
  })
  .readonly()
  .meta({
    title: "sipwhy report",
    description:
      "What `sipwhy FILE --format json` prints. Readers should ignore properties they do not know: new ones may come within version 1.",
  });
