import type { Language } from "../../language/language.ts";
import { CallTotals } from "../callTotals.ts";
import type { Judgement } from "../recordCall.ts";
import type { CallReport } from "../report.ts";
import { tellCall } from "../tellCall.ts";
import { RecordBook } from "./recordBook.ts";
import { type EncodedRecords, RecordEncoder } from "./recordEncoder.ts";
import type { Space } from "../../bytes/space.ts";

export interface JudgedCallsOptions {
  /** Sentences of the report are made when they are asked for, in the words that it has then. */
  readonly language: Language;
  /** Where calls that were judged are put aside. The calls of the report are then read from there when somebody looks at them. */
  readonly recordSpace?: Space;
  /** As in `JudgeOptions`. */
  readonly toldAlike?: number;
  /** Called as each call ends, before it is forgotten; its `id` may still change until `finish`. */
  onCall?(call: CallReport): void;
  /** False: the report has no calls, `onCall` had them. What is kept does not grow then, however long it runs. */
  readonly keepCalls?: boolean;
}

/** Bytes of records after which they are put aside. */
const ENCODED_BYTES = 64 * 1024;

/** Gathers the calls of a report as they are judged. */
export class JudgedCalls {
  readonly totals: CallTotals = new CallTotals();
  readonly #options: JudgedCallsOptions;
  readonly #told: { readonly order: number; readonly report: CallReport }[] = [];
  readonly #book: RecordBook;
  readonly #encoder: RecordEncoder | undefined;

  constructor(options: JudgedCallsOptions) {
    this.#options = options;
    this.#book = new RecordBook(options.recordSpace);
    this.#encoder = options.recordSpace === undefined ? undefined : new RecordEncoder(options.toldAlike);
  }

  add(order: number, judgement: Judgement): void {
    const { keepCalls = true, onCall, language } = this.#options;
    this.totals.add(judgement.shape);
    const encoder = keepCalls ? this.#encoder : undefined;
    if (encoder !== undefined) this.#encode(encoder, order, judgement);
    if (onCall === undefined && (encoder !== undefined || !keepCalls)) return;
    const report = tellCall(judgement.record(), String(order + 1), language);
    if (keepCalls && encoder === undefined) this.#told.push({ order, report });
    onCall?.(report);
  }

  /** Those that another thread judged. */
  addEncoded(records: EncodedRecords): void {
    const { onCall, language } = this.#options;
    const first = this.#book.size;
    this.#book.add(records);
    for (let index = first; index < this.#book.size; index++) {
      this.totals.add(this.#book.shape(index));
      onCall?.(tellCall(this.#book.record(index), String(this.#book.orderOf(index) + 1), language));
    }
  }

  /** All of them, in the order in which they began. `copied`: as plain objects, whatever there is to put them aside. */
  finish(copied: boolean): CallReport[] {
    const { language, recordSpace, keepCalls = true } = this.#options;
    if (!keepCalls) return [];
    if (this.#encoder !== undefined) this.#book.add(this.#encoder.take());
    if (recordSpace !== undefined && !copied) return this.#book.calls(language);
    if (this.#book.size > 0) return this.#book.told(language);
    this.#told.sort((a, b) => a.order - b.order);
    return this.#told.map(({ report }, index) => ({ ...report, id: String(index + 1) }));
  }

  #encode(encoder: RecordEncoder, order: number, judgement: Judgement): void {
    encoder.add(order, judgement);
    if (encoder.size > ENCODED_BYTES) this.#book.add(encoder.take());
  }
}
