// Generated from content/ by `npm run generate`. Do not edit.
import { ackMissing } from "./rules/ack-missing.ts";
import { callCancelled } from "./rules/call-cancelled.ts";
import { calleeBusy } from "./rules/callee-busy.ts";
import { calleeDeclined } from "./rules/callee-declined.ts";
import { calleeUnavailable } from "./rules/callee-unavailable.ts";
import { cancelIgnored } from "./rules/cancel-ignored.ts";
import { captureIncomplete } from "./rules/capture-incomplete.ts";
import { credentialsRejected } from "./rules/credentials-rejected.ts";
import { datagramTooLarge } from "./rules/datagram-too-large.ts";
import { dialogUnknown } from "./rules/dialog-unknown.ts";
import { gatewayBadResponse } from "./rules/gateway-bad-response.ts";
import { gatewayDestinationOutOfOrder } from "./rules/gateway-destination-out-of-order.ts";
import { gatewayFailureUnexplained } from "./rules/gateway-failure-unexplained.ts";
import { hopsExhaustedAtSource } from "./rules/hops-exhausted-at-source.ts";
import { numberNotFound } from "./rules/number-not-found.ts";
import { offerGlare } from "./rules/offer-glare.ts";
import { prackMissing } from "./rules/prack-missing.ts";
import { redirectNotFollowed } from "./rules/redirect-not-followed.ts";
import { requestMerged } from "./rules/request-merged.ts";
import { requestTimedOut } from "./rules/request-timed-out.ts";
import { requestUnanswered } from "./rules/request-unanswered.ts";
import { responseMalformed } from "./rules/response-malformed.ts";
import { responseMisdelivered } from "./rules/response-misdelivered.ts";
import { routingLoop } from "./rules/routing-loop.ts";
import { sequenceOutOfOrder } from "./rules/sequence-out-of-order.ts";
import { serviceUnavailable } from "./rules/service-unavailable.ts";
import { sessionTimerExpired } from "./rules/session-timer-expired.ts";
import { transferFailed } from "./rules/transfer-failed.ts";
import { transferNotifyRejected } from "./rules/transfer-notify-rejected.ts";
import { transferOutcomeUnknown } from "./rules/transfer-outcome-unknown.ts";

/** Every rule, by id. */
export const rules: readonly [
  typeof ackMissing,
  typeof callCancelled,
  typeof calleeBusy,
  typeof calleeDeclined,
  typeof calleeUnavailable,
  typeof cancelIgnored,
  typeof captureIncomplete,
  typeof credentialsRejected,
  typeof datagramTooLarge,
  typeof dialogUnknown,
  typeof gatewayBadResponse,
  typeof gatewayDestinationOutOfOrder,
  typeof gatewayFailureUnexplained,
  typeof hopsExhaustedAtSource,
  typeof numberNotFound,
  typeof offerGlare,
  typeof prackMissing,
  typeof redirectNotFollowed,
  typeof requestMerged,
  typeof requestTimedOut,
  typeof requestUnanswered,
  typeof responseMalformed,
  typeof responseMisdelivered,
  typeof routingLoop,
  typeof sequenceOutOfOrder,
  typeof serviceUnavailable,
  typeof sessionTimerExpired,
  typeof transferFailed,
  typeof transferNotifyRejected,
  typeof transferOutcomeUnknown,
] = [
  ackMissing,
  callCancelled,
  calleeBusy,
  calleeDeclined,
  calleeUnavailable,
  cancelIgnored,
  captureIncomplete,
  credentialsRejected,
  datagramTooLarge,
  dialogUnknown,
  gatewayBadResponse,
  gatewayDestinationOutOfOrder,
  gatewayFailureUnexplained,
  hopsExhaustedAtSource,
  numberNotFound,
  offerGlare,
  prackMissing,
  redirectNotFollowed,
  requestMerged,
  requestTimedOut,
  requestUnanswered,
  responseMalformed,
  responseMisdelivered,
  routingLoop,
  sequenceOutOfOrder,
  serviceUnavailable,
  sessionTimerExpired,
  transferFailed,
  transferNotifyRejected,
  transferOutcomeUnknown,
];
