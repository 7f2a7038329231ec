import type { Situation } from "./situation.ts";
import { dialogs } from "./situations/dialogs.ts";
import { healthy } from "./situations/healthy.ts";
import { media } from "./situations/media.ts";
import { networks } from "./situations/networks.ts";
import { ownAnswers } from "./situations/ownAnswers.ts";
import { refusals } from "./situations/refusals.ts";
import { transfers } from "./situations/transfers.ts";

/** All that is driven; those that wait long begin first. */
export const situations: readonly Situation[] = [
  ...networks,
  ...dialogs,
  ...media,
  ...transfers,
  ...healthy,
  ...ownAnswers,
  ...refusals,
].toSorted((one, other) => (other.watchSeconds ?? 0) - (one.watchSeconds ?? 0));
