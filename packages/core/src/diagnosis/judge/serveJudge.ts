import { giveOneAway } from "../../bytes/freeBuffer.ts";
import type { DigestFunction } from "../passwordProof.ts";
import { RecordEncoder } from "../records/recordEncoder.ts";
import { Judge } from "./judge.ts";
import type { FromJudge, ToJudge } from "./judgePort.ts";
import { readBatch } from "./readBatch.ts";

/** What runs in a thread that judges: hand it each message that comes, it answers through `post`. */
export function serveJudge(
  post: (message: FromJudge, buffers: readonly ArrayBuffer[]) => void,
  digest?: DigestFunction,
): (message: ToJudge) => void {
  let encoder: RecordEncoder;
  let judge: Judge | undefined;
  return (message) => {
    if (message.kind === "start") {
      giveOneAway();
      encoder = new RecordEncoder(message.options.toldAlike);
      judge = new Judge({ ...message.options, digest }, (order, judgement) => encoder.add(order, judgement));
      return;
    }
    if (judge === undefined) return;
    if (message.kind === "finish") return post({ kind: "finished", summary: judge.finish() }, []);
    readBatch(message, judge);
    const records = encoder.take();
    const buffers = message.slabs.map(({ buffer }) => buffer);
    post({ kind: "judged", records, buffers }, [records.bytes.buffer, ...buffers]);
  };
}
