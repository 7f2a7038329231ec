import { giveOneAway } from "../../bytes/freeBuffer.ts";
import type { SipResponse } from "../../message/message.ts";
import type { Packet } from "../../network/packet.ts";
import type { JudgedEvent } from "../networkEvents.ts";
import type { QuietRequest } from "../phoneFlows.ts";
import type { EncodedRecords } from "../records/recordEncoder.ts";
import { BatchWriter } from "./batchWriter.ts";
import type { CallJudge, JudgedCall, JudgeSettings, JudgeSummary } from "./callJudge.ts";
import type { FromJudge, JudgePort } from "./judgePort.ts";

/** Batches under way, beyond which reading waits: what is kept of a capture must not grow because judging is slower. */
const MOST_UNDER_WAY = 6;

/** A judge in another thread. It is told the same in the same order as one in this thread, so it comes to the same results. */
export class JudgeThread implements CallJudge {
  readonly #port: JudgePort;
  readonly #onRecords: (records: EncodedRecords) => void;
  readonly #writer: BatchWriter;
  #underWay = 0;
  #failure: { readonly error: unknown } | undefined;
  #summary: JudgeSummary | undefined;
  /** Called when something changed that somebody waits for. */
  #wake: (() => void) | undefined;

  constructor(
    port: JudgePort,
    { messages, credentials, toldAlike, captures }: JudgeSettings,
    onRecords: (records: EncodedRecords) => void,
  ) {
    giveOneAway();
    this.#port = port;
    this.#onRecords = onRecords;
    this.#writer = new BatchWriter((batch) => {
      this.#underWay++;
      port.post(batch, [batch.numbers.buffer, ...batch.slabs.map(({ buffer }) => buffer)]);
    });
    port.listen({
      onMessage: (message) => this.#receive(message),
      onError: (error) => {
        this.#failure = { error };
        this.#wake?.();
      },
    });
    port.post({ kind: "start", options: { messages, credentials, toldAlike, captures } }, []);
  }

  judge(call: JudgedCall): void {
    this.#writer.addCall(call);
  }

  addEvent(event: JudgedEvent): void {
    this.#writer.addEvent(event);
  }

  addRegistration(response: SipResponse): void {
    this.#writer.addRegistration(response);
  }

  addQuietRequest(packet: Packet, quiet: QuietRequest): void {
    this.#writer.addQuietRequest(packet, quiet);
  }

  /** True where the thread is behind: wait for `caughtUp` before you go on. */
  isBehind(): boolean {
    return this.#underWay >= MOST_UNDER_WAY;
  }

  async caughtUp(): Promise<void> {
    await this.#until(() => !this.isBehind());
  }

  async finish(): Promise<JudgeSummary> {
    this.#writer.flush();
    this.#port.post({ kind: "finish" }, []);
    await this.#until(() => this.#summary !== undefined);
    this.#port.close();
    return this.#summary!;
  }

  #receive(message: FromJudge): void {
    if (message.kind === "finished") this.#summary = message.summary;
    else {
      this.#underWay--;
      this.#writer.reuse(message.buffers);
      this.#onRecords(message.records);
    }
    this.#wake?.();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#failure !== undefined) break;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#wake = undefined;
    if (this.#failure === undefined) return;
    this.#port.close();
    throw this.#failure.error;
  }
}
