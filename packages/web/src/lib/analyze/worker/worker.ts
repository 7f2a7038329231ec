import type { News, Order } from "../protocol.ts";
import { FileChanged } from "./fileChanged.ts";
import { loadLanguage, NotLoaded } from "./languages.ts";
import { Session } from "./session.ts";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const tell = (news: News): void => scope.postMessage(news);
let session: Session | undefined;

scope.addEventListener("message", ({ data }: MessageEvent<Order>) => {
  void follow(data);
});

async function follow(order: Order): Promise<void> {
  const number = order.kind === "ask" ? order.number : undefined;
  try {
    if (order.kind === "read") {
      session = new Session(order.sources, tell);
      await session.read(order.tag, order.secrets);
    } else if (order.kind === "prepare") {
      // Without a network it may not be there: reading will tell.
      await loadLanguage(order.tag).catch(() => {});
    } else if (order.kind === "speak") {
      await session?.speak(order.tag);
    } else if (order.kind === "stop") {
      session?.stop();
    } else if (session !== undefined) {
      tell({ kind: "answer", number: order.number, answer: await session.answer(order.question) });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const changed = error instanceof FileChanged ? { file: error.file } : {};
    const notLoaded = error instanceof NotLoaded ? ({ notLoaded: true } as const) : {};
    tell({ kind: "failed", number, reason, ...changed, ...notLoaded });
  }
}
