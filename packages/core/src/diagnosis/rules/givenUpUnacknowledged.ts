import type { Dialog } from "../../dialog/dialog.ts";
import { contact } from "../../message/contact.ts";
import { uriWithoutParameters } from "../../message/uri.ts";
import { timerB } from "../../transaction/timers.ts";
import type { Context, Draft } from "../rule.ts";
import { calleeOf } from "../callee.ts";
import { microsBetween, secondsBetween } from "../elapsed.ts";
import { beside } from "../missing.ts";
import { strayAck } from "./strayAck.ts";

/** A 2xx that is not acknowledged ends with a BYE after 64*T1. RFC 3261 §13.3.1.4 */
const GIVEN_UP_MICROS = { least: timerB - 500_000, most: timerB + 1_500_000 } as const;

/** Who answered gives up when it would for want of an ACK, and none is in view, nor a repetition: the capture may lack what shows it. */
export function givenUpUnacknowledged(dialog: Dialog, context: Context): Draft<"ack-missing"> | undefined {
  const { invite, answer, acks, requests } = dialog;
  const [bye] = requests;
  if (answer === undefined || invite.request === undefined || acks.length > 0 || bye?.method !== "BYE")
    return undefined;
  if (bye.first.fromTag !== answer.toTag || !answer.has(contact)) return undefined;
  const passed = microsBetween(answer, bye.first);
  if (!(passed >= GIVEN_UP_MICROS.least && passed <= GIVEN_UP_MICROS.most)) return undefined;
  if (strayAck(answer, context) !== undefined) return undefined;
  return {
    verdict: "likely",
    cause: "given-up",
    response: answer,
    origin: context.originOf(invite, answer),
    evidence: [answer, bye.first],
    missing: [beside(bye.client)],
    values: {
      callee: calleeOf(invite),
      origin: answer.packet.source.text,
      client: invite.client.text,
      caller: "none",
      contact: uriWithoutParameters(answer.first(contact)?.uri ?? ""),
      recorder: "none",
      route: "none",
      rewriter: "none",
      retransmissions: 0,
      seconds: secondsBetween(answer, bye.first),
      ackFrame: 0,
      lostAt: "",
      reached: "no",
      differs: "",
    },
  };
}
