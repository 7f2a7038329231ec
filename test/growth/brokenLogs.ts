const START = "INVITE sip:1002@sip.example.test SIP/2.0";
const RIBBON = "900 11222026 070644.357573:1.01.00.1.MAJOR .SIPSG:";

/** Logs of so many kilobytes. Each would cost its length again and again, if something looked at it again and again. */
export const brokenLogs: Readonly<Record<string, (kilobytes: number) => string>> = {
  "start lines without an end": (kilobytes) => `${START}\nVia: x\nFrom: y\n`.repeat(kilobytes * 18),
  "one endless line": (kilobytes) => "x".repeat(kilobytes * 1024),
  "one endless header": (kilobytes) => `${START}\nVia: x\n${"Subject: endless\n".repeat(kilobytes * 60)}`,
  "an entry in endless pieces": (kilobytes) => `${RIBBON}${START}\n${`${RIBBON}piece\n`.repeat(kilobytes * 18)}`,
  "escaped lines in endless pieces": (kilobytes) =>
    `a: ${START}#012Via: x#012Fr\n${"a: piece#012y\n".repeat(kilobytes * 73)}`,
  "arrows and brackets": (kilobytes) => `${"<--- [//-1/ -> > | ".repeat(25)}\n`.repeat(kilobytes * 2),
  "quotes, entities and colours": (kilobytes) =>
    `${"> > &lt;sip:&amp;&#x201c;\x1b[1;3".repeat(16)}\n`.repeat(kilobytes * 2),
  "lines of a dump": (kilobytes) => "0000  45 00 02 d0 15 4b 40 00  ........\n".repeat(kilobytes * 26),
  "a string of JSON without an end": (kilobytes) => `[{"raw":"${"x\\n".repeat(kilobytes * 340)}`,
  "JSON in JSON": (kilobytes) => `[{"a":${'{"a":['.repeat(kilobytes * 170)}`,
  "members without a message": (kilobytes) => `[{${'"srcIp":"10.9.0.10",'.repeat(kilobytes * 50)}"x":1}]`,
  "a row of a table in JSON": (kilobytes) =>
    `{"rows":[["2026-11-22T07:06:44Z"${',"x","yy"'.repeat(kilobytes * 115)}]]}`,
  "lines of a log in JSON": (kilobytes) => `["${'","x'.repeat(kilobytes * 256)}"]`,
  "layers of a packet without an end": (kilobytes) =>
    `[{"layers":{"frame":{"frame.time_epoch":"1"},${'"udp":{"udp.srcport":"1"},'.repeat(kilobytes * 40)}`,
  "a tag of PDML without an end": (kilobytes) => `<packet>\n<field show="${"x\n> ".repeat(kilobytes * 256)}`,
  "protocols of PDML in each other": (kilobytes) =>
    `<packet>\n${'<proto name="ip"><field name="ip.src" show="1"/>'.repeat(kilobytes * 21)}`,
  "packets of PDML": (kilobytes) =>
    `<packet>\n${'<proto name="ip"><field name="ip.src" show="1"/></proto></packet>'.repeat(kilobytes * 16)}`,
  "columns of ngrep": (kilobytes) => `U 10.9.0.10:1 -> 10.9.0.20:2\n${`  ${START}..x...y\n`.repeat(kilobytes * 20)}`,
  "a line of quoted-printable without an end": (kilobytes) =>
    `Content-Transfer-Encoding: quoted-printable\n${"=3Dx=\n".repeat(kilobytes * 170)}`,
  "payloads in hexadecimal": (kilobytes) => `1795331204.3\t${"0a".repeat(200)}\n`.repeat(kilobytes * 2),
  "tags of a page": (kilobytes) => `${"<div><span>&lt;sip</span></div>".repeat(30)}\n`.repeat(kilobytes),
  "a log that goes backward": (kilobytes) =>
    Array.from({ length: kilobytes * 7 }, (_, index) => {
      const seconds = String(59 - (index % 60)).padStart(2, "0");
      return `2026/11/22 07:06:${seconds}.000000 10.9.0.10:5060 -> 10.9.0.20:5060\n${START}\nVia: x\nTo: y\n\n`;
    }).join(""),
};
