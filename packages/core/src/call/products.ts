import type { SipResponse } from "../message/message.ts";
import { server } from "../message/server.ts";
import { userAgent } from "../message/userAgent.ts";

export type ProductKind = "proxy" | "b2bua" | "phone" | "gateway" | "test-tool";

/** Software by what it writes into its messages. Fields can be set to anything: what follows from them is never certain. */
export interface Product {
  /** What `Server` or `User-Agent` begins with, lower-case. */
  readonly token: string;
  readonly name: string;
  readonly kind: ProductKind;
}

/** Behind each entry: whence its token is known. A token that begins with another one stands before it. */
const products: readonly Product[] = [
  // `kamailio (5.6.3)`, seen in fixtures/captures; SERVER_HDR in src/core/config.h
  { token: "kamailio", name: "Kamailio", kind: "proxy" },
  // `OpenSIPS (3.4.5 (x86_64/linux))`, SERVER_HDR in config.h and msg_translator.h
  { token: "opensips", name: "OpenSIPS", kind: "proxy" },
  // `OpenSER (1.3.2-notls (x86_64/linux))`, config.h; the project before Kamailio and OpenSIPS parted
  { token: "openser", name: "OpenSER", kind: "proxy" },
  // `Asterisk PBX 18.10.0`, DEFAULT_USERAGENT in channels/chan_sip.c and res/res_pjsip/config_global.c
  { token: "asterisk", name: "Asterisk", kind: "b2bua" },
  // `FPBX-16.0.40(18.16.0)`, what FreePBX sets for Asterisk
  { token: "fpbx", name: "FreePBX", kind: "b2bua" },
  // `FreeSWITCH-mod_sofia/1.10.7-release~64bit`, public traces from 1.0.6 to 1.10.12
  { token: "freeswitch", name: "FreeSWITCH", kind: "b2bua" },
  // `3CXPhoneSystem 18.0.7.312 (312)`, public traces from 11 to 20
  { token: "3cxphonesystem", name: "3CX", kind: "b2bua" },
  // `Cisco-CUCM11.5`, public traces from 7.0 to 11.5
  { token: "cisco-cucm", name: "Cisco Unified Communications Manager", kind: "b2bua" },
  // `Cisco-SIPGateway/IOS-17.6.1a`, public traces and Cisco's show commands
  { token: "cisco-sipgateway", name: "Cisco IOS gateway", kind: "gateway" },
  // `Audiocodes-Sip-Gateway-Mediant 1000B/v.7.20A.258`, public traces; linphone's eXosip looks for it
  { token: "audiocodes-sip-gateway", name: "AudioCodes Mediant", kind: "gateway" },
  // `Cisco/SPA504G-7.4.9c`, public traces; before them `Linksys/SPA-962-6.1.5(a)`
  { token: "cisco/spa", name: "Cisco SPA", kind: "phone" },
  { token: "linksys/spa", name: "Linksys SPA", kind: "phone" },
  // `Janus WebRTC Server SIP Plugin 0.0.8`, seen in its answers; what is behind it need not speak SIP
  { token: "janus webrtc server", name: "Janus", kind: "gateway" },
  // `Yealink SIP-T46U 108.86.0.40`, `Yealink W60B 77.83.0.85`, public traces
  { token: "yealink", name: "Yealink", kind: "phone" },
  // `PolycomVVX-VVX_450-UA/6.4.3.5018`, public traces; older ones `PolycomSoundPointIP-SPIP_…`
  { token: "polycom", name: "Polycom", kind: "phone" },
  // `snomD785/10.1.84.12`, `snom360/7.3.30`, public traces
  { token: "snom", name: "Snom", kind: "phone" },
  // `Grandstream GXP2170 1.0.11.46`, public traces; its HT adapters and Wave write the same
  { token: "grandstream", name: "Grandstream", kind: "phone" },
  // `AVM FRITZ!Box Fon WLAN 7170 29.04.88 (Feb  9 2014)`, public traces; newer ones begin with `FRITZ!OS`
  { token: "avm fritz!box", name: "AVM FRITZ!Box", kind: "phone" },
  // `MicroSIP/3.21.5`, public traces
  { token: "microsip", name: "MicroSIP", kind: "phone" },
  // `Linphone/3.9.0 (belle-sip/1.4.2)`, `LinphoneiOS/4.5.1 …`, public traces and the tests of belle-sip
  { token: "linphone", name: "Linphone", kind: "phone" },
  // `Zoiper v2.10.20.4_1`, `Zoiper rev.5415`, public traces
  { token: "zoiper", name: "Zoiper", kind: "phone" },
  // `Twinkle/1.10.2`, public traces
  { token: "twinkle", name: "Twinkle", kind: "phone" },
  // `JsSIP 3.10.0`, public traces
  { token: "jssip", name: "JsSIP", kind: "phone" },
  // `SIP.js/0.21.1`, seen in its answers
  { token: "sip.js", name: "SIP.js", kind: "phone" },
  // `baresip v1.0.0 (x86_64/linux)`, seen in fixtures/captures
  { token: "baresip", name: "baresip", kind: "phone" },
  // `Jami Daemon 13.7.0 (linux)`, seen in its answers
  { token: "jami daemon", name: "Jami", kind: "phone" },
  // `PJSUA v2.10 Linux-5.14.4.18/x86_64/glibc-2.31`, public traces
  { token: "pjsua", name: "PJSUA", kind: "phone" },
  // `sipsak 0.9.8.1`, public traces
  { token: "sipsak", name: "sipsak", kind: "test-tool" },
  // `friendly-scanner`, the default of SIPVicious, in public block lists
  { token: "friendly-scanner", name: "SIPVicious", kind: "test-tool" },
];

/** As an element names itself in Server or User-Agent: untrusted. RFC 3261 §20.35, §20.41 */
export function productOf(response: SipResponse): string | undefined {
  return response.first(server) ?? response.first(userAgent);
}

/** The product that a Server or User-Agent begins with. */
export function recognizedProduct(text: string): Product | undefined {
  const lower = text.toLowerCase();
  return products.find(({ token }) => lower.startsWith(token));
}

/** True where it names itself as a phone: whoever does not may be a PBX, a proxy or a gateway. */
export function isKnownPhone(product: string = ""): boolean {
  return recognizedProduct(product)?.kind === "phone";
}

/**
 * The family of SIP Express Router (Kamailio, OpenSIPS) by the To tag of an answer that it minted itself: the MD5 of its signature and
 * socket, `.` for a stateless answer or `-` for one of a transaction, and a checksum of the request, which has 8 hexadecimal digits in
 * Kamailio since 5.0 and 4 before and in OpenSIPS. Kamailio src/core/tags.h and OpenSIPS tags.h (init_tags, calc_crc_suffix), sl_funcs.h
 * (SL_TOTAG_SEPARATOR); seen in fixtures/captures.
 */
export function productByToTag(tag: string): string | undefined {
  if (tag.length !== MD5_DIGITS + 1 + KAMAILIO_SUFFIX && tag.length !== MD5_DIGITS + 1 + OPENSIPS_SUFFIX)
    return undefined;
  const separator = tag[MD5_DIGITS];
  if (separator !== "." && separator !== "-") return undefined;
  if (!isHexadecimal(tag, 0, MD5_DIGITS) || !isHexadecimal(tag, MD5_DIGITS + 1, tag.length)) return undefined;
  return tag.length === MD5_DIGITS + 1 + KAMAILIO_SUFFIX ? "Kamailio" : "Kamailio/OpenSIPS";
}

const MD5_DIGITS = 32;
const KAMAILIO_SUFFIX = 8;
const OPENSIPS_SUFFIX = 4;

function isHexadecimal(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (!((code >= 48 && code <= 57) || (code >= 97 && code <= 102))) return false;
  }
  return true;
}

/**
 * The tag that Kamailio, OpenSIPS and SER put behind the phrase of an error of their own: its number and the module that answered,
 * `(477/TM)`, `(1/SL)`. err2reason_phrase in src/core/error.c of Kamailio, error.c of OpenSIPS.
 */
export function phraseTagOf(phrase: string): string | undefined {
  const open = phrase.lastIndexOf("(");
  const slash = phrase.indexOf("/", open);
  if (open < 0 || slash < 0 || slash - open > 5 || !phrase.endsWith(")")) return undefined;
  const module = phrase.slice(slash + 1, -1);
  if (module !== "TM" && module !== "SL") return undefined;
  const number = phrase.slice(open + 1, slash);
  return number !== "" && [...number].every((digit) => digit >= "0" && digit <= "9") ? phrase.slice(open) : undefined;
}
