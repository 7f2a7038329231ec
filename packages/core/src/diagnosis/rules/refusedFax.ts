import { dialogOf } from "../../dialog/dialog.ts";
import { sessionDescription } from "../../sdp/sessionDescription.ts";
import { isSuccess, type Transaction } from "../../transaction/transaction.ts";
import { secondsBetween } from "../elapsed.ts";
import type { Context } from "../rule.ts";
import { endFor } from "./endFor.ts";
import type { RefusedOffer } from "./refusedOffer.ts";

/** What becomes of a call that was to switch to T.38, after that was refused. */
interface RefusedFax {
  readonly asker: string;
  /** `empty`: the answer leaves no media. `ended`: the asker hung up at once. `stayed` until a later BYE; `open` where none is in view. */
  readonly next: "empty" | "ended" | "stayed" | "open";
  readonly seconds: number;
  /** The codecs of its audio, where none of them lets a fax pass; otherwise `none`. */
  readonly compressed: string;
}

export function refusedFax(root: Transaction, { response }: RefusedOffer, { leg }: Context): RefusedFax {
  const bye = leg.roots.find(({ method, index }) => method === "BYE" && index > root.index);
  const seconds = bye === undefined ? Number.NaN : secondsBetween(response, bye.first);
  return {
    asker: root.client.text,
    next: nextOf(root, response.statusCode < 300, seconds, leg),
    seconds: Number.isNaN(seconds) ? 0 : seconds,
    compressed: compressedAudio(root, leg) || "none",
  };
}

function nextOf(root: Transaction, isEmpty: boolean, secondsUntilBye: number, leg: Context["leg"]): RefusedFax["next"] {
  if (isEmpty) return "empty";
  if (endFor(root, leg) !== undefined) return "ended";
  return Number.isNaN(secondsUntilBye) ? "open" : "stayed";
}

/** Made for voices: the tones of a fax do not survive them. */
const COMPRESSED: ReadonlySet<string> = new Set([
  "g729",
  "g723",
  "g728",
  "gsm",
  "gsm-efr",
  "ilbc",
  "speex",
  "opus",
  "amr",
  "amr-wb",
  "evs",
  "silk",
]);
const NO_SPEECH: ReadonlySet<string> = new Set(["telephone-event", "cn", "red"]);

/** What was agreed last before. */
function compressedAudio(root: Transaction, { dialogs }: Context["leg"]): string {
  const dialog = dialogOf(root, dialogs);
  if (dialog === undefined) return "";
  const before = [dialog.invite, ...dialog.requests].filter(({ index }) => index < root.index);
  const answer = before
    .flatMap(({ responses }) => responses.filter(isSuccess))
    .findLast((each) => sessionDescription(each));
  const audio = answer && sessionDescription(answer)?.media.find(({ kind, port }) => kind === "audio" && port !== 0);
  const codecs = (audio?.codecs ?? []).map(({ name }) => name).filter((name) => !NO_SPEECH.has(name.toLowerCase()));
  return codecs.every((name) => COMPRESSED.has(name.toLowerCase())) ? [...new Set(codecs)].join(", ") : "";
}
