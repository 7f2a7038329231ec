import { accept } from "./accept.ts";
import { acceptEncoding } from "./acceptEncoding.ts";
import { acceptLanguage } from "./acceptLanguage.ts";
import { alertInfo } from "./alertInfo.ts";
import { allow } from "./allow.ts";
import { allowEvents } from "./allowEvents.ts";
import { authenticationInfo } from "./authenticationInfo.ts";
import { authorization } from "./authorization.ts";
import { callId } from "./callId.ts";
import { callInfo } from "./callInfo.ts";
import { contact } from "./contact.ts";
import { contentDisposition } from "./contentDisposition.ts";
import { contentEncoding } from "./contentEncoding.ts";
import { contentLength } from "./contentLength.ts";
import { contentType } from "./contentType.ts";
import { cseq } from "./cseq.ts";
import { date } from "./date.ts";
import { diversion } from "./diversion.ts";
import { errorInfo } from "./errorInfo.ts";
import { event } from "./event.ts";
import { expires } from "./expires.ts";
import { flowTimer } from "./flowTimer.ts";
import { from } from "./from.ts";
import { historyInfo } from "./historyInfo.ts";
import { identity } from "./identity.ts";
import { inReplyTo } from "./inReplyTo.ts";
import { join } from "./join.ts";
import { maxBreadth } from "./maxBreadth.ts";
import { maxForwards } from "./maxForwards.ts";
import { mimeVersion } from "./mimeVersion.ts";
import { minExpires } from "./minExpires.ts";
import { minSe } from "./minSe.ts";
import { organization } from "./organization.ts";
import { pAccessNetworkInfo } from "./pAccessNetworkInfo.ts";
import { pAssertedIdentity } from "./pAssertedIdentity.ts";
import { path } from "./path.ts";
import { pChargingVector } from "./pChargingVector.ts";
import { pPreferredIdentity } from "./pPreferredIdentity.ts";
import { priority } from "./priority.ts";
import { privacy } from "./privacy.ts";
import { proxyAuthenticate } from "./proxyAuthenticate.ts";
import { proxyAuthorization } from "./proxyAuthorization.ts";
import { proxyRequire } from "./proxyRequire.ts";
import { rack } from "./rack.ts";
import { reason } from "./reason.ts";
import { recordRoute } from "./recordRoute.ts";
import { referredBy } from "./referredBy.ts";
import { referSub } from "./referSub.ts";
import { referTo } from "./referTo.ts";
import { replaces } from "./replaces.ts";
import { replyTo } from "./replyTo.ts";
import { require } from "./require.ts";
import { resourcePriority } from "./resourcePriority.ts";
import { retryAfter } from "./retryAfter.ts";
import { route } from "./route.ts";
import { rseq } from "./rseq.ts";
import { securityClient } from "./securityClient.ts";
import { securityServer } from "./securityServer.ts";
import { securityVerify } from "./securityVerify.ts";
import { server } from "./server.ts";
import { serviceRoute } from "./serviceRoute.ts";
import { sessionExpires } from "./sessionExpires.ts";
import { sessionId } from "./sessionId.ts";
import { sipEtag } from "./sipEtag.ts";
import { sipIfMatch } from "./sipIfMatch.ts";
import { subject } from "./subject.ts";
import { subscriptionState } from "./subscriptionState.ts";
import { supported } from "./supported.ts";
import { targetDialog } from "./targetDialog.ts";
import { timestamp } from "./timestamp.ts";
import { to } from "./to.ts";
import { unsupported } from "./unsupported.ts";
import { userAgent } from "./userAgent.ts";
import { userToUser } from "./userToUser.ts";
import { via } from "./via.ts";
import { warning } from "./warning.ts";
import { wwwAuthenticate } from "./wwwAuthenticate.ts";
import type { HeaderField } from "./headerField.ts";

/**
 * Every header field that has a file here. A header line remembers its field as the place in this list, from 1; the first six are
 * those that are read from every message.
 */
export const knownFields: readonly HeaderField<unknown>[] = [
  via,
  from,
  to,
  callId,
  cseq,
  contentLength,
  accept,
  acceptEncoding,
  acceptLanguage,
  alertInfo,
  allow,
  allowEvents,
  authenticationInfo,
  authorization,
  callInfo,
  contact,
  contentDisposition,
  contentEncoding,
  contentType,
  date,
  diversion,
  errorInfo,
  event,
  expires,
  flowTimer,
  historyInfo,
  identity,
  inReplyTo,
  join,
  maxBreadth,
  maxForwards,
  mimeVersion,
  minExpires,
  minSe,
  organization,
  pAccessNetworkInfo,
  pAssertedIdentity,
  path,
  pChargingVector,
  pPreferredIdentity,
  priority,
  privacy,
  proxyAuthenticate,
  proxyAuthorization,
  proxyRequire,
  rack,
  reason,
  recordRoute,
  referredBy,
  referSub,
  referTo,
  replaces,
  replyTo,
  require,
  resourcePriority,
  retryAfter,
  route,
  rseq,
  securityClient,
  securityServer,
  securityVerify,
  server,
  serviceRoute,
  sessionExpires,
  sessionId,
  sipEtag,
  sipIfMatch,
  subject,
  subscriptionState,
  supported,
  targetDialog,
  timestamp,
  unsupported,
  userAgent,
  userToUser,
  warning,
  wwwAuthenticate,
];
