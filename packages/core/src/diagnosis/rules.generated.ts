// Generated from content/ by `npm run generate`. Do not edit.
import { ackMissing } from "./rules/ack-missing.ts";
import { callCancelled } from "./rules/call-cancelled.ts";
import { calleeBusy } from "./rules/callee-busy.ts";
import { calleeDeclined } from "./rules/callee-declined.ts";
import { calleeUnavailable } from "./rules/callee-unavailable.ts";
import { captureIncomplete } from "./rules/capture-incomplete.ts";
import { credentialsRejected } from "./rules/credentials-rejected.ts";
import { gatewayBadResponse } from "./rules/gateway-bad-response.ts";
import { gatewayDestinationOutOfOrder } from "./rules/gateway-destination-out-of-order.ts";
import { gatewayFailureUnexplained } from "./rules/gateway-failure-unexplained.ts";
import { numberNotFound } from "./rules/number-not-found.ts";
import { redirectNotFollowed } from "./rules/redirect-not-followed.ts";
import { requestTimedOut } from "./rules/request-timed-out.ts";
import { requestUnanswered } from "./rules/request-unanswered.ts";
import { responseMalformed } from "./rules/response-malformed.ts";
import { serviceUnavailable } from "./rules/service-unavailable.ts";
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
  typeof captureIncomplete,
  typeof credentialsRejected,
  typeof gatewayBadResponse,
  typeof gatewayDestinationOutOfOrder,
  typeof gatewayFailureUnexplained,
  typeof numberNotFound,
  typeof redirectNotFollowed,
  typeof requestTimedOut,
  typeof requestUnanswered,
  typeof responseMalformed,
  typeof serviceUnavailable,
  typeof transferFailed,
  typeof transferNotifyRejected,
  typeof transferOutcomeUnknown,
] = [
  ackMissing,
  callCancelled,
  calleeBusy,
  calleeDeclined,
  calleeUnavailable,
  captureIncomplete,
  credentialsRejected,
  gatewayBadResponse,
  gatewayDestinationOutOfOrder,
  gatewayFailureUnexplained,
  numberNotFound,
  redirectNotFollowed,
  requestTimedOut,
  requestUnanswered,
  responseMalformed,
  serviceUnavailable,
  transferFailed,
  transferNotifyRejected,
  transferOutcomeUnknown,
];
