import { flowsByCode, flowsByRule, type FlowMessage, type FlowSource } from "virtual:flows";
import { analyze, type CallReport, type FindingReport, type Language } from "@sipwhy/core";
import { pcapOf } from "@sipwhy/core/export";
import { buildLadder, ladderSteps, ladderSvg } from "@sipwhy/core/view";

/** Traffic that was given to the engine, and what the engine made of it. */
export interface Flow {
  readonly svg: string;
  /** The same for a screen of 320 pixels. */
  readonly svgOnPhone: string;
  /** Each arrow as a sentence. */
  readonly steps: readonly string[];
  readonly lanes: FlowSource["lanes"];
  readonly finding?: FindingReport;
  readonly messages: readonly ShownMessage[];
}

export interface ShownMessage {
  readonly heading: string;
  readonly text: string;
}

/** Alone on its page. */
export const alone: Place = { id: "flow" };
/** Beside something else. */
export const left: Place = { id: "flow-a" };
export const right: Place = { id: "flow-b" };

const narrowPixels = 430;
const widePixels = 600;
/** A screen of 320 pixels without its margins. */
const phonePixels = 288;

const made = new Map<string, Promise<Flow | undefined>>();

/** Where a drawing stands: two on one page need two beginnings of their ids. */
export interface Place {
  readonly id: string;
}

/** The example of a response code. */
export function flowOfCode(code: number, language: Language, place: Place): Promise<Flow | undefined> {
  const source = flowsByCode[code];
  return once(
    `${code} ${language.tag} ${place.id}`,
    async () => source && makeFlow(source, language, place, ({ statusCode }) => statusCode === code),
  );
}

/** Traffic in which a rule fires for a cause, as surely as its fixture says: the first of its cases in which the messages alone show it. */
export function flowOfRule(rule: string, cause: string, language: Language): Promise<Flow | undefined> {
  return once(`${rule} ${cause} ${language.tag}`, async () => {
    for (const { messages, verdict } of (flowsByRule[rule] ?? []).filter((example) => example.cause === cause)) {
      const flow = await makeFlow(
        { lanes: [], messages },
        language,
        alone,
        (finding) => finding.rule === rule && (finding.cause ?? "") === cause && finding.verdict === verdict,
      );
      if (flow?.finding !== undefined) return flow;
    }
    return undefined;
  });
}

/** The same drawing stands on many pages. */
function once(key: string, make: () => Promise<Flow | undefined>): Promise<Flow | undefined> {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

async function makeFlow(
  { lanes, messages }: FlowSource,
  language: Language,
  { id }: Place,
  isSought: (finding: FindingReport) => boolean,
): Promise<Flow | undefined> {
  const sent = messages.map(({ text, ...message }) => ({ ...message, bytes: new TextEncoder().encode(text) }));
  const inputs = [{ name: "example", bytes: pcapOf(sent) }];
  const { calls } = await analyze(inputs, { language, messages: true });
  const call = calls.find(({ findings }) => findings.some(isSought)) ?? calls[0];
  if (call === undefined) return undefined;
  const width = buildLadder(call).lanes.length > 3 ? widePixels : narrowPixels;
  return {
    svg: ladderSvg(call, { language, width, id }),
    svgOnPhone: ladderSvg(call, { language, width: phonePixels, standsFor: id }),
    steps: ladderSteps(call, { language }),
    lanes: lanes.filter(({ address }) => isInCall(address, call)),
    finding: call.findings.find(isSought),
    messages: messages.map(shown),
  };
}

function isInCall(address: string, { messages = [] }: CallReport): boolean {
  return messages.some((message) => [message.source, message.destination].some((end) => end.startsWith(`${address}:`)));
}

function shown({ source, destination, text }: FlowMessage, index: number): ShownMessage {
  return {
    heading: `${index + 1}  ${source.text} → ${destination.text}`,
    text: text.replaceAll("\r", "").trimEnd(),
  };
}
