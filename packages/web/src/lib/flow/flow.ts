import { flowsByCode, flowsByRule, type FlowSource } from "virtual:flows";
import { analyze, type CallReport, type FindingReport, type Language } from "@sipwhy/core";
import { ladderSteps, ladderSvg } from "@sipwhy/core/view";

/** Traffic that was given to the engine, and what the engine made of it. */
export interface Flow {
  readonly svg: string;
  /** Each arrow as a sentence. */
  readonly steps: readonly string[];
  readonly lanes: FlowSource["lanes"];
  readonly finding?: FindingReport;
  readonly messages: readonly FlowMessage[];
}

export interface FlowMessage {
  readonly heading: string;
  readonly text: string;
}

/** Alone on its page. */
export const wide: Place = { id: "flow", width: 640 };
/** Beside something else. */
export const left: Place = { id: "flow-a", width: 480 };
export const right: Place = { id: "flow-b", width: 480 };

const made = new Map<string, Promise<Flow | undefined>>();

/** Where a drawing stands: two on one page need two beginnings of their ids, and have half the room. */
export interface Place {
  readonly id: string;
  readonly width: number;
}

/** The example of a response code. */
export function flowOfCode(code: number, language: Language, place: Place): Promise<Flow | undefined> {
  const source = flowsByCode[code];
  return once(
    `${code} ${language.tag} ${place.id}`,
    async () => source && makeFlow(source, language, place, ({ statusCode }) => statusCode === code),
  );
}

/** Traffic in which a rule fires for a cause, as surely as its fixture says: the first of its cases in which a trace alone shows it. */
export function flowOfRule(rule: string, cause: string, language: Language): Promise<Flow | undefined> {
  return once(`${rule} ${cause} ${language.tag}`, async () => {
    for (const { trace, verdict } of (flowsByRule[rule] ?? []).filter((example) => example.cause === cause)) {
      const flow = await makeFlow(
        { lanes: [], trace },
        language,
        wide,
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
  { lanes, trace }: FlowSource,
  language: Language,
  { id, width }: Place,
  isSought: (finding: FindingReport) => boolean,
): Promise<Flow | undefined> {
  const inputs = [{ name: "example", bytes: new TextEncoder().encode(trace) }];
  const { calls } = await analyze(inputs, { language, messages: true });
  const call = calls.find(({ findings }) => findings.some(isSought)) ?? calls[0];
  if (call === undefined) return undefined;
  return {
    svg: ladderSvg(call, { language, width, id }),
    steps: ladderSteps(call, { language }),
    lanes: lanes.filter(({ address }) => isInCall(address, call)),
    finding: call.findings.find(isSought),
    messages: messagesOf(trace),
  };
}

function isInCall(address: string, { messages = [] }: CallReport): boolean {
  return messages.some((message) => [message.source, message.destination].some((end) => end.startsWith(`${address}:`)));
}

/** The messages of a trace, without what only its writer needs. */
function messagesOf(trace: string): FlowMessage[] {
  return trace.split(/\n\n(?=\d{4}\/\d\d\/\d\d )/u).map((block, index) => {
    const [head, ...lines] = block.split("\n");
    const [, , source, , destination] = head.split(" ");
    return { heading: `${index + 1}  ${source} → ${destination}`, text: lines.join("\n").trimEnd() };
  });
}
