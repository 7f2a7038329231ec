import type { Language } from "../../language/language.ts";
import type { CallRecord } from "../callRecord.ts";
import type { KeyedFinding } from "../findingKey.ts";
import type { CallReport, FindingReport, OriginReport } from "../report.ts";
import { tellCall } from "../tellCall.ts";
import { tellFinding } from "../tellFinding.ts";
import type { CallShape } from "./callShape.ts";

/** Where records are read from. */
export interface Records {
  shape(index: number): CallShape;
  record(index: number): CallRecord;
}

/** What all calls of a report share. */
export interface RecordedCalls {
  readonly records: Records;
  /** The index of each record, in the order in which the calls began. */
  readonly indices: Int32Array;
  readonly language: Language;
}

const NOTHING: readonly never[] = [];

/** A call that is read from its record when somebody asks for more than its shape. Copied whole by `toJSON`, not by spreading. */
export class RecordedCall implements CallReport {
  readonly #calls: RecordedCalls;
  readonly #rank: number;

  constructor(calls: RecordedCalls, rank: number) {
    this.#calls = calls;
    this.#rank = rank;
  }

  get id(): string {
    return String(this.#rank + 1);
  }

  get kind(): CallReport["kind"] {
    return this.#shape.kind;
  }

  get outcome(): CallReport["outcome"] {
    return this.#shape.outcome;
  }

  get findings(): readonly FindingReport[] {
    const { findings } = this.#shape;
    if (findings.length === 0) return NOTHING;
    return findings.map((shape, position) => new RecordedFinding(shape, () => this.#tell(position)));
  }

  get callIds(): readonly string[] {
    return this.#record.callIds;
  }

  get from(): string {
    return this.#record.from;
  }

  get to(): string {
    return this.#record.to;
  }

  get startTime(): string {
    return this.#record.startTime;
  }

  get durationSeconds(): number {
    return this.#record.durationSeconds;
  }

  get untimed(): boolean | undefined {
    return this.#record.untimed;
  }

  get links(): CallReport["links"] {
    return this.#record.links;
  }

  get audio(): CallReport["audio"] {
    return this.#record.audio;
  }

  get video(): CallReport["video"] {
    return this.#record.video;
  }

  get fax(): CallReport["fax"] {
    return this.#record.fax;
  }

  get messages(): CallReport["messages"] {
    return this.#record.messages;
  }

  toJSON(): CallReport {
    return tellCall(this.#record, this.id, this.#calls.language);
  }

  get #shape(): CallShape {
    const { records, indices } = this.#calls;
    return records.shape(indices[this.#rank]);
  }

  get #record(): CallRecord {
    const { records, indices } = this.#calls;
    return records.record(indices[this.#rank]);
  }

  #tell(position: number): FindingReport {
    return tellFinding(this.#record.findings[position], this.#calls.language);
  }
}

class RecordedFinding implements FindingReport {
  readonly #shape: KeyedFinding;
  readonly #tell: () => FindingReport;

  constructor(shape: KeyedFinding, tell: () => FindingReport) {
    this.#shape = shape;
    this.#tell = tell;
  }

  get rule(): string {
    return this.#shape.rule;
  }

  get cause(): string | undefined {
    return this.#shape.cause;
  }

  get verdict(): FindingReport["verdict"] {
    return this.#shape.verdict;
  }

  get statusCode(): number | undefined {
    return this.#shape.statusCode;
  }

  get origin(): OriginReport | undefined {
    const { origin } = this.#shape;
    return origin === undefined ? undefined : new RecordedOrigin(origin.address, this.#tell);
  }

  get element(): string | undefined {
    return this.#shape.element;
  }

  get title(): string {
    return this.#tell().title;
  }

  get why(): string {
    return this.#tell().why;
  }

  get fix(): readonly string[] {
    return this.#tell().fix;
  }

  get evidence(): FindingReport["evidence"] {
    return this.#tell().evidence;
  }

  get missing(): readonly string[] {
    return this.#tell().missing;
  }

  get readings(): FindingReport["readings"] {
    return this.#tell().readings;
  }

  get citations(): readonly string[] {
    return this.#tell().citations;
  }

  get values(): FindingReport["values"] {
    return this.#tell().values;
  }

  toJSON(): FindingReport {
    return this.#tell();
  }
}

class RecordedOrigin implements OriginReport {
  readonly address: string;
  readonly #tell: () => FindingReport;

  constructor(address: string, tell: () => FindingReport) {
    this.address = address;
    this.#tell = tell;
  }

  get orBehind(): boolean {
    return this.#told.orBehind;
  }

  get product(): string | undefined {
    return this.#told.product;
  }

  get basis(): readonly string[] {
    return this.#told.basis;
  }

  toJSON(): OriginReport {
    return this.#told;
  }

  get #told(): OriginReport {
    return this.#tell().origin!;
  }
}
