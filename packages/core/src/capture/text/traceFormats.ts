import { audiocodes } from "./audiocodes.ts";
import { avayaClient } from "./avayaClient.ts";
import { avayaIpOffice } from "./avayaIpOffice.ts";
import { avayaPhone } from "./avayaPhone.ts";
import { avayaSm } from "./avayaSm.ts";
import { baresip } from "./baresip.ts";
import { belleSip } from "./belleSip.ts";
import { ccsip } from "./ccsip.ts";
import { chanSip } from "./chanSip.ts";
import { cucmSdl } from "./cucmSdl.ts";
import { homer } from "./homer.ts";
import { lyncServer } from "./lyncServer.ts";
import { ngrep } from "./ngrep.ts";
import { peerLines } from "./peerLines.ts";
import { packetSummary } from "./packetSummary.ts";
import { pjsipLogger } from "./pjsipLogger.ts";
import { pjsua } from "./pjsua.ts";
import { resiprocate } from "./resiprocate.ts";
import { ribbon } from "./ribbon.ts";
import { sipdump } from "./sipdump.ts";
import { sipmsgLog } from "./sipmsgLog.ts";
import { sipp } from "./sipp.ts";
import { sngrep } from "./sngrep.ts";
import { sofia } from "./sofia.ts";
import { followStream } from "./followStream.ts";
import { tcpdump } from "./tcpdump.ts";
import type { TraceFormat } from "./traceFormat.ts";
import { twinkle } from "./twinkle.ts";
import { tshark } from "./tshark.ts";
import { webSocketConsole } from "./webSocketConsole.ts";

/** How programs print SIP messages, in the order in which they are asked about a line. */
export const traceFormats: readonly TraceFormat[] = [
  sipp,
  tcpdump,
  sngrep,
  ngrep,
  pjsipLogger,
  chanSip,
  sofia,
  sipdump,
  ccsip,
  cucmSdl,
  audiocodes,
  sipmsgLog,
  ribbon,
  avayaSm,
  avayaPhone,
  avayaIpOffice,
  avayaClient,
  resiprocate,
  homer,
  pjsua,
  belleSip,
  twinkle,
  webSocketConsole,
  lyncServer,
  ...peerLines,
  baresip,
  tshark,
  packetSummary,
  followStream,
];
