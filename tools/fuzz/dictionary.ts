/** What breaks readers, as bytes: words of the formats, and what no format means. */
export const words: readonly Uint8Array[] = [
  // What every object of JavaScript has.
  ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "__defineGetter__", "then"],
  // What acts on whoever prints it.
  ["\0", "\x1b[2J", "\x1b]0;owned\x07", "\x7f", "\x08", "\u009b2J", "\u0085", "\u202e", "\u2066", "\u200f", "\ufeff"],
  ["<script>alert(1)</script>", "<!--", "-->", "]]>", "&lt;", "![i](http://e.example)", "](http://e.example)"],
  ["`", "```", "|", "\\|", "\\", "$(id)", "=1+1", "@SUM(1)", "+1", "../../../etc/passwd", "con.", "file:///x"],
  // Separators.
  ["\r\n", "\n", "\r", "\r\n ", "\r\n\t", "\r\n\r\n", "\n\n", " ", "\t", ";", ",", '"', "'", "<", ">", "(", ")"],
  [":", "@", "=", "?", "&", "/", "[", "]", "{", "}", "%", "%00", "%zz", "%0d%0a", "*", "#", "~", "^"],
  // SIP.
  ["SIP/2.0 ", "SIP/2.0", "SIP/2.0 200 OK\r\n", "SIP/2.0 1000 x\r\n", "SIP/2.0 2OO OK\r\n", " SIP/3.0\r\n"],
  ["INVITE", "ACK", "BYE", "CANCEL", "REGISTER", "OPTIONS", "PRACK", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER"],
  ["MESSAGE", "INFO", "PUBLISH", "sip:", "sips:", "tel:+", "sip:@", "sip:[::1]:5060", "urn:service:sos", "sip:a@b;lr"],
  ["Via: ", "From: ", "To: ", "Call-ID: ", "CSeq: ", "Contact: ", "Contact: *\r\n", "Record-Route: ", "Reason: "],
  ["Content-Length: ", "Content-Type: ", "Max-Forwards: 0\r\n", "l: 1\r\n", "i: ", "v: ", "Replaces: ", "Refer-To: "],
  ["Session-Expires: 1\r\n", "RAck: ", "RSeq: ", "Event: refer\r\n", "Subscription-State: ", "Warning: 399 ", "Date: "],
  ["Retry-After: ", "Identity: ", "Session-ID: ", "X-CID: ", "Target-Dialog: ", "P-Charging-Vector: icid-value="],
  [
    ";tag=",
    ";branch=z9hG4bK",
    ";branch=",
    ";received=",
    ";rport",
    ";lr",
    ";expires=",
    ";q=",
    "Digest ",
    'realm="',
    "nonce=",
  ],
  [
    "multipart/mixed;boundary=x",
    "\r\n--x\r\n",
    "--x--",
    "message/sipfrag",
    "application/sdp",
    'Q.850;cause=16;text="x"',
  ],
  // SDP.
  [
    "v=0\r\n",
    "o=- 0 0 IN IP4 0.0.0.0\r\n",
    "s=-\r\n",
    "c=IN IP4 ",
    "c=IN IP6 ::\r\n",
    "t=0 0\r\n",
    "m=audio 9 RTP/AVP 0\r\n",
  ],
  ["a=rtpmap:", "a=fmtp:", "a=crypto:", "a=sendonly\r\n", "a=inactive\r\n", "m=", "a=group:BUNDLE ", "a=fingerprint:"],
  // Logs.
  [
    "<--- Received SIP request (",
    "<--- Transmitting SIP",
    "--- (",
    "tport.c",
    "recv ",
    "send ",
    "U ",
    "T ",
    "proto:",
    "0x0000:  ",
  ],
  [
    "UDP message sent",
    "-----------------------------------------------",
    "Frame 1: ",
    "#012",
    "#015",
    "&gt;",
    "> ",
    "| ",
  ],
  // Times.
  ["1969-12-31 23:59:59.999999", "2107-01-01T00:00:00Z", "0000-00-00 00:00:00", "9999-99-99T99:99:99.999999999Z"],
  ["99:99:99.999999", "Feb 30 25:61:61", "1e99", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:60 GMT"],
  [
    "HEP3",
    "\x02\x10\x02\x11",
    "\x16\x03\x01",
    "\x17\x03\x03",
    "\x1f\x8b\x08",
    "\x28\xb5\x2f\xfd",
    "ustar",
    "\xa1\xb2\xc3\xd4",
  ],
]
  .flat()
  .map(bytesOf);

/** Octets that are no UTF-8: overlong, surrogates, cut, beyond Unicode. */
export const brokenTexts: readonly Uint8Array[] = [
  [0xff],
  [0xfe, 0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0xbd],
  [0xed, 0xb8, 0x80],
  [0xe2, 0x82],
  [0xf4, 0x90, 0x80, 0x80],
  [0xc2, 0x9b],
  [0x80],
].map((octets) => Uint8Array.from(octets));

export const numbers: readonly Uint8Array[] = [
  ["0", "1", "-1", "-0", "+1", "00000000000000000000", "255", "256", "65535", "65536", "16777216", "2147483647"],
  ["2147483648", "4294967295", "4294967296", "9007199254740993", "18446744073709551616", "1e308", "1e309", "1.5"],
  ["99999999999999999999999999999999", "0x10", "NaN", "Infinity", "100", "199", "200", "486", "699", "700", "999", ""],
]
  .flat()
  .map(bytesOf);

/** Values of lengths, times and types. */
export const integers: readonly number[] = [
  [0, 1, 2, 3, 4, 5, 6, 8, 11, 12, 16, 20, 24, 28, 40, 64, 127, 128, 255, 256, 1024, 1500, 4096],
  [
    32_767, 32_768, 65_534, 65_535, 65_536, 262_144, 0xffffff, 0x1000000, 0x7fffffff, 0x80000000, 0xfffffffe,
    0xffffffff,
  ],
].flat();

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
