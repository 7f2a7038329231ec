// Generated from content/ by `npm run generate`. Do not edit.
import { ackMissing } from "./rules/ack-missing.ts";
import { addressRewritten } from "./rules/address-rewritten.ts";
import { betterAnswerHidden } from "./rules/better-answer-hidden.ts";
import { bodyRefused } from "./rules/body-refused.ts";
import { callBlocked } from "./rules/call-blocked.ts";
import { callCancelled } from "./rules/call-cancelled.ts";
import { callDropped } from "./rules/call-dropped.ts";
import { calleeBusy } from "./rules/callee-busy.ts";
import { calleeDeclined } from "./rules/callee-declined.ts";
import { calleeUnavailable } from "./rules/callee-unavailable.ts";
import { callsEquallyLong } from "./rules/calls-equally-long.ts";
import { cancelIgnored } from "./rules/cancel-ignored.ts";
import { captureIncomplete } from "./rules/capture-incomplete.ts";
import { challengeUnanswered } from "./rules/challenge-unanswered.ts";
import { changeUnanswered } from "./rules/change-unanswered.ts";
import { connectionLost } from "./rules/connection-lost.ts";
import { connectionNotOpened } from "./rules/connection-not-opened.ts";
import { credentialsRejected } from "./rules/credentials-rejected.ts";
import { datagramTooLarge } from "./rules/datagram-too-large.ts";
import { dialogUnknown } from "./rules/dialog-unknown.ts";
import { digestAlgorithmUnsupported } from "./rules/digest-algorithm-unsupported.ts";
import { endedInBetween } from "./rules/ended-in-between.ts";
import { eventPackageRefused } from "./rules/event-package-refused.ts";
import { extensionRefused } from "./rules/extension-refused.ts";
import { extensionRequired } from "./rules/extension-required.ts";
import { extraAnswerLeaked } from "./rules/extra-answer-leaked.ts";
import { failoverNotAttempted } from "./rules/failover-not-attempted.ts";
import { finalResponseMissing } from "./rules/final-response-missing.ts";
import { gatewayBadResponse } from "./rules/gateway-bad-response.ts";
import { gatewayDestinationOutOfOrder } from "./rules/gateway-destination-out-of-order.ts";
import { gatewayFailureUnexplained } from "./rules/gateway-failure-unexplained.ts";
import { hopsExhaustedAtSource } from "./rules/hops-exhausted-at-source.ts";
import { identityRejected } from "./rules/identity-rejected.ts";
import { intervalTooSmall } from "./rules/interval-too-small.ts";
import { manyUsersTried } from "./rules/many-users-tried.ts";
import { mediaFailedAfterAnswer } from "./rules/media-failed-after-answer.ts";
import { mediaMissing } from "./rules/media-missing.ts";
import { mediaNotAcceptable } from "./rules/media-not-acceptable.ts";
import { methodRefused } from "./rules/method-refused.ts";
import { natBindingExpired } from "./rules/nat-binding-expired.ts";
import { nonceAlwaysStale } from "./rules/nonce-always-stale.ts";
import { numberNotFound } from "./rules/number-not-found.ts";
import { offerGlare } from "./rules/offer-glare.ts";
import { prackMissing } from "./rules/prack-missing.ts";
import { redirectNotFollowed } from "./rules/redirect-not-followed.ts";
import { registrationLapsed } from "./rules/registration-lapsed.ts";
import { requestForbidden } from "./rules/request-forbidden.ts";
import { requestMalformed } from "./rules/request-malformed.ts";
import { requestMerged } from "./rules/request-merged.ts";
import { requestRefused } from "./rules/request-refused.ts";
import { requestTimedOut } from "./rules/request-timed-out.ts";
import { requestUnanswered } from "./rules/request-unanswered.ts";
import { responseMalformed } from "./rules/response-malformed.ts";
import { responseMisdelivered } from "./rules/response-misdelivered.ts";
import { routingLoop } from "./rules/routing-loop.ts";
import { scannerSeen } from "./rules/scanner-seen.ts";
import { sequenceOutOfOrder } from "./rules/sequence-out-of-order.ts";
import { serviceUnavailable } from "./rules/service-unavailable.ts";
import { sessionTimerExpired } from "./rules/session-timer-expired.ts";
import { statusRemapped } from "./rules/status-remapped.ts";
import { statusUnregistered } from "./rules/status-unregistered.ts";
import { subscriptionFailed } from "./rules/subscription-failed.ts";
import { tlsHandshakeFailed } from "./rules/tls-handshake-failed.ts";
import { transferFailed } from "./rules/transfer-failed.ts";
import { transferNotifyRejected } from "./rules/transfer-notify-rejected.ts";
import { transferOutcomeUnknown } from "./rules/transfer-outcome-unknown.ts";
import { transferRefused } from "./rules/transfer-refused.ts";
import { websocketRefused } from "./rules/websocket-refused.ts";

/** Every rule, by id. */
export const rules: readonly [
  typeof ackMissing,
  typeof addressRewritten,
  typeof betterAnswerHidden,
  typeof bodyRefused,
  typeof callBlocked,
  typeof callCancelled,
  typeof callDropped,
  typeof calleeBusy,
  typeof calleeDeclined,
  typeof calleeUnavailable,
  typeof callsEquallyLong,
  typeof cancelIgnored,
  typeof captureIncomplete,
  typeof challengeUnanswered,
  typeof changeUnanswered,
  typeof connectionLost,
  typeof connectionNotOpened,
  typeof credentialsRejected,
  typeof datagramTooLarge,
  typeof dialogUnknown,
  typeof digestAlgorithmUnsupported,
  typeof endedInBetween,
  typeof eventPackageRefused,
  typeof extensionRefused,
  typeof extensionRequired,
  typeof extraAnswerLeaked,
  typeof failoverNotAttempted,
  typeof finalResponseMissing,
  typeof gatewayBadResponse,
  typeof gatewayDestinationOutOfOrder,
  typeof gatewayFailureUnexplained,
  typeof hopsExhaustedAtSource,
  typeof identityRejected,
  typeof intervalTooSmall,
  typeof manyUsersTried,
  typeof mediaFailedAfterAnswer,
  typeof mediaMissing,
  typeof mediaNotAcceptable,
  typeof methodRefused,
  typeof natBindingExpired,
  typeof nonceAlwaysStale,
  typeof numberNotFound,
  typeof offerGlare,
  typeof prackMissing,
  typeof redirectNotFollowed,
  typeof registrationLapsed,
  typeof requestForbidden,
  typeof requestMalformed,
  typeof requestMerged,
  typeof requestRefused,
  typeof requestTimedOut,
  typeof requestUnanswered,
  typeof responseMalformed,
  typeof responseMisdelivered,
  typeof routingLoop,
  typeof scannerSeen,
  typeof sequenceOutOfOrder,
  typeof serviceUnavailable,
  typeof sessionTimerExpired,
  typeof statusRemapped,
  typeof statusUnregistered,
  typeof subscriptionFailed,
  typeof tlsHandshakeFailed,
  typeof transferFailed,
  typeof transferNotifyRejected,
  typeof transferOutcomeUnknown,
  typeof transferRefused,
  typeof websocketRefused,
] = [
  ackMissing,
  addressRewritten,
  betterAnswerHidden,
  bodyRefused,
  callBlocked,
  callCancelled,
  callDropped,
  calleeBusy,
  calleeDeclined,
  calleeUnavailable,
  callsEquallyLong,
  cancelIgnored,
  captureIncomplete,
  challengeUnanswered,
  changeUnanswered,
  connectionLost,
  connectionNotOpened,
  credentialsRejected,
  datagramTooLarge,
  dialogUnknown,
  digestAlgorithmUnsupported,
  endedInBetween,
  eventPackageRefused,
  extensionRefused,
  extensionRequired,
  extraAnswerLeaked,
  failoverNotAttempted,
  finalResponseMissing,
  gatewayBadResponse,
  gatewayDestinationOutOfOrder,
  gatewayFailureUnexplained,
  hopsExhaustedAtSource,
  identityRejected,
  intervalTooSmall,
  manyUsersTried,
  mediaFailedAfterAnswer,
  mediaMissing,
  mediaNotAcceptable,
  methodRefused,
  natBindingExpired,
  nonceAlwaysStale,
  numberNotFound,
  offerGlare,
  prackMissing,
  redirectNotFollowed,
  registrationLapsed,
  requestForbidden,
  requestMalformed,
  requestMerged,
  requestRefused,
  requestTimedOut,
  requestUnanswered,
  responseMalformed,
  responseMisdelivered,
  routingLoop,
  scannerSeen,
  sequenceOutOfOrder,
  serviceUnavailable,
  sessionTimerExpired,
  statusRemapped,
  statusUnregistered,
  subscriptionFailed,
  tlsHandshakeFailed,
  transferFailed,
  transferNotifyRejected,
  transferOutcomeUnknown,
  transferRefused,
  websocketRefused,
];
