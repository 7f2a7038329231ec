import { describe, expect, test } from "vitest";
import { call, fixture, linesOf, logOf, ofCore, read, sides, text, utf8 } from "../../../test/readTrace.ts";

const numbered = (line: string, index: number): string => `${String(index + 1).padStart(4)}. ${line}`;

/** What becomes of a log on its way to the reader. */
const damages: Readonly<Record<string, (content: string) => string>> = {
  "quoted by two mails": (content) => content.replaceAll(/^/gm, ">> "),
  "quoted by two mails that put blanks between": (content) => content.replaceAll(/^/gm, "> > "),
  "indented by blanks": (content) => content.replaceAll(/^/gm, "    "),
  "indented by tabs": (content) => content.replaceAll(/^/gm, "\t"),
  "indented by no-break spaces": (content) => content.replaceAll(/^/gm, utf8("\u00a0\u00a0")),
  "with every blank a no-break space": (content) => content.replaceAll(" ", utf8("\u00a0")),
  "with typographic quotes": (content) => content.replaceAll(/"([^"\n]*)"/g, utf8("\u201c") + "$1" + utf8("\u201d")),
  "with zero-width characters at line ends": (content) => content.replaceAll(/$/gm, utf8("\u200b")),
  "behind a byte order mark": (content) => utf8("\ufeff") + content,
  "in the source of a page": (content) =>
    content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  "in the source of a page, with numbers": (content) =>
    content
      .replaceAll("&", "&#38;")
      .replaceAll("<", "&#60;")
      .replaceAll(">", "&#x3e;")
      .replaceAll("&#60;sip", "&lt;sip"),
  "in a numbered list": (content) => content.split("\n").map(numbered).join("\n"),
  "in a list of dashes": (content) => content.replaceAll(/^/gm, "- "),
  "without the blanks at line ends": (content) => content.replaceAll(/ +$/gm, ""),
  "with an empty line behind each line": (content) => content.replaceAll("\n", "\n\n"),
  "with two CR at line ends": (content) => content.replaceAll("\n", "\r\r\n"),
  "in the source of a page, with its line ends": (content) =>
    content.replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br/>\n"),
  "collected from a container": (content) => content.replaceAll(/^/gm, "sbc-1  | "),
  "collected from a container, without blanks at line ends": (content) =>
    content.replaceAll(/^/gm, "sbc-1  | ").replaceAll(/ +$/gm, ""),
  "collected from a pod": (content) => content.replaceAll(/^/gm, "[pod/sbc-0/sip] "),
  "collected by words alone": (content) => content.replaceAll(/^/gm, "sbc-0 sip "),
  "collected with its times": (content) => content.replaceAll(/^/gm, "sbc-1  | 2026-11-22T07:06:44.357573123Z "),
  "in the log of an Android phone": (content) =>
    content.replaceAll(/^/gm, "11-22 07:06:44.357  1234  1256 I Phone   : "),
  "in the log of a Polycom phone": (content) => content.replaceAll(/^/gm, "1122070644.357|sip  |0|00|    "),
  "in a mail that makes lines short and equals signs safe": quotedPrintable,
  "with CR as editors show it": (content) => content.replaceAll("\n", "^M\n"),
  "as `cat -A` shows it": (content) => content.replaceAll("\n", "^M$\n"),
  "with CR and LF as programs write them": (content) => content.replaceAll("\n", "\\r\\n\n"),
  "in the source of a page, each line in an element": (content) =>
    `<html><body>\n${content
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll(/^(.*)$/gm, '<div class="line"><span>$1</span></div>')}\n</body></html>`,
  "in the source of a page, each line in an element and none on its own": (content) =>
    `<div>${content.replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "</div><div>")}</div>`,
  "with a time before each line": (content) => content.replaceAll(/^/gm, "07:06:44.357 "),
};

/** Quoted-printable. */
function quotedPrintable(content: string): string {
  const lines = content.replaceAll("=", "=3D").split("\n");
  return lines.map(shortened).join("\n");
}

function shortened(line: string): string {
  if (line.length <= 76) return line;
  const end = /=3?$/.test(line.slice(0, 75)) ? 73 : 75;
  return `${line.slice(0, end)}=\n${shortened(line.slice(end))}`;
}

const SYSLOG = "Nov 22 07:06:44 edge kamailio[421]: ";

/** A line of somebody else after every fifth. */
function interrupted(content: string, other: string): string {
  return content.replaceAll(/(?:.*\n){5}/g, `$&${other}\n`);
}

describe("a log gives the same messages", () => {
  test.for(Object.entries(damages))("%s", ([, damage]) => {
    for (const name of ["sngrep.txt", "bare-messages-lf.txt"]) {
      const { packets } = read(logOf(damage(linesOf(name))));
      expect(packets.map(text), name).toEqual(call.map(text));
      expect(packets.map(({ cut }) => cut)).not.toContain(true);
    }
  });

  test("whose body is a page", () => {
    const body = "<div>Hello</div>\r\n<p>Bye</p>\r\n";
    const message = text(call[0])
      .split("\r\n\r\n")[0]
      .replace("application/sdp", "text/html")
      .replace(/Content-Length: *\d+/, `Content-Length: ${body.length}`);
    expect(read(logOf(`${message}\r\n\r\n${body}`)).packets.map(text)).toEqual([`${message}\r\n\r\n${body}`]);
  });

  test("with both sides of each, where all of it is indented", () => {
    for (const indent of ["    ", "\t"]) {
      const { packets } = read(logOf(linesOf("sngrep.txt").replaceAll(/^/gm, indent)));
      expect(packets.map(sides)).toEqual(call.map(sides));
    }
  });

  test.for(["little", "big"] as const)("in UTF-16, %s end first, with and without a mark", (order) => {
    const content = linesOf("sngrep.txt");
    for (const marked of [`\ufeff${content}`, content]) {
      const bytes = new Uint8Array(marked.length * 2);
      const view = new DataView(bytes.buffer);
      for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), order === "little");
      expect(read(bytes).packets.map(text)).toEqual(call.map(text));
      expect(read(bytes, 13)).toEqual(read(bytes));
    }
  });

  test("whose first line stands behind a name and a time of a chat", () => {
    const first = text(call[0]).replaceAll("\r", "");
    for (const chat of ["[22/11/26, 07:09] Alice: ", "22/11/26, 07:09 - Alice: ", "[07:09] <alice> "]) {
      expect(read(logOf(`${chat}${first}`)).packets.map(text)).toEqual([text(call[0])]);
    }
  });

  test.for([
    ["another program", "Nov 22 07:06:44 edge cron[77]: (root) CMD (run-parts)"],
    ["a line without a number", "Nov 22 07:06:44 edge systemd: Started something"],
  ])("where each line has a prefix, and %s wrote between them", ([, other]) => {
    const { packets } = read(logOf(interrupted(linesOf("bare-messages-lf.txt").replaceAll(/^/gm, SYSLOG), other)));
    expect(packets.map(text)).toEqual(call.map(text));
  });

  test.for([
    "2026-11-22 07:06:44.357573 99.53% [DEBUG] switch_core_state_machine.c:581 Running State Change CS_NEW",
    "3c2ab1f0-11aa-4c1b-9e1c-0d0e0f000001 2026-11-22 07:06:44.357573 [DEBUG] switch_core_state_machine.c:581 CS_NEW",
    "[Nov 22 07:06:44] DEBUG[99]: res_rtp_asterisk.c: something",
    "07:06:44.357 something",
  ])("where others wrote between its lines: %s", (other) => {
    for (const [name, sent] of [
      ["freeswitch-siptrace.txt", ofCore],
      ["bare-messages-lf.txt", call],
    ] as const) {
      const { packets } = read(logOf(interrupted(linesOf(name), other)));
      expect(packets.map(text), name).toEqual(sent.map(text));
    }
  });

  test.for([
    ["Kibana", '"Nov 22, 2026 @ 07:06:44.357","edge",', ""],
    ["Splunk", '"2026-11-22T07:06:44.357+0000",edge,', ',"main"'],
    ["a spreadsheet", "2026-11-22 07:06:44.357;10.9.0.20;", ";x"],
    ["one column", "", ""],
  ])("as a table of %s, saved as CSV", ([, before, after]) => {
    const rows = call.map((packet) => `${before}"${text(packet).replaceAll('"', '""')}"${after}`);
    const { packets } = read(logOf(rows.join("\n")));
    expect(packets.map(text)).toEqual(call.map(text));
    const times = packets.map(({ timeMicros, untimed }) => (untimed ? "" : new Date(timeMicros / 1000).toISOString()));
    expect(new Set(times)).toEqual(new Set([before === "" ? "" : "2026-11-22T07:06:44.357Z"]));
  });

  test("as journals show entries of several lines", () => {
    const content = call.map(
      (packet) =>
        `${SYSLOG} 1(421) INFO: <script>: ${text(packet).replaceAll("\r\n", `\n${" ".repeat(SYSLOG.length)}`)}`,
    );
    expect(read(logOf(content.join("\n"))).packets.map(text)).toEqual(call.map(text));
  });

  test("and what was changed in it is told", () => {
    const told = (damage: string): unknown =>
      read(logOf(damages[damage](linesOf("sngrep.txt")))).incidents.map(({ kind }) => kind);
    expect(told("quoted by two mails")).toEqual(["text-mended"]);
    expect(told("with typographic quotes")).toEqual(["text-mended"]);
    expect(read(fixture("sngrep.txt")).incidents).toEqual([]);
  });
});

test("typographic quotes that somebody sent stay", () => {
  const from = `From: "Alice ${utf8("\u201cthe boss\u201d")}" <sip:1001@sip.example.test>;tag=32500a1`;
  const sent = logOf(text(call[0]).replace(/From: .*/, from));
  const [{ bytes, start, end }] = read(sent).packets;
  expect(bytes.subarray(start, end)).toEqual(sent);
});

test("a session description that a mail wrapped is put together by the length that it says", () => {
  const wrapped = linesOf("asterisk-pjsip-logger.txt").replaceAll(
    "a=rtpmap:101 telephone-event/8000",
    "a=rtpmap:101\ntelephone-event/8000",
  );
  const { packets } = read(logOf(wrapped));
  expect(packets.map(text)).toEqual(ofCore.map(text));
  expect(packets.map(({ cut }) => cut)).not.toContain(true);
});

describe("a message that the logger cut into entries is whole", () => {
  const message = text(ofCore[0]);
  const head = (sequence: number): string => `900 11222026 070644.357573:1.01.00.${sequence}.MAJOR .SIPSG:`;
  const what = "received msg for CallId:x from IP/port:10.9.0.20/5060, Local IP/port:10.9.0.21/5060\nRAW PDU:\n";

  test("wherever Ribbon's limit fell", () => {
    const lf = message.replaceAll("\r", "");
    for (let at = 60; at < lf.length - 1; at += 3) {
      const trace = `${head(1)}${what}${lf.slice(0, at)}\n${head(1)}${lf.slice(at)}\n${head(2)}done\n`;
      const { packets } = read(logOf(trace));
      expect(packets.map(text), `cut at ${at}`).toEqual([message]);
      expect(packets[0].cut).toBe(false);
    }
  });

  test("wherever a syslog daemon cut its escaped lines", () => {
    const tag = "Nov 22 07:06:44 proxy kamailio[421]: ";
    const escaped = message.replaceAll("\r\n", "#015#012");
    for (let at = 60; at < escaped.length - "#015#012".length; at += 3) {
      const trace = `${tag}${escaped.slice(0, at)}\n${tag}${escaped.slice(at)}\n${tag}done\n`;
      const { packets } = read(logOf(trace));
      expect(packets.map(text), `cut at ${at}`).toEqual([message]);
    }
  });

  test("but another entry is none of it", () => {
    const lf = message.replaceAll("\r", "");
    const { packets, incidents } = read(logOf(`${head(1)}${what}${lf.slice(0, 700)}\n${head(2)}${lf.slice(700)}\n`));
    expect(packets.map(({ cut }) => cut)).toEqual([true]);
    expect(incidents).toEqual([{ kind: "messages-cut", capture: 0, count: 1, frame: 1, values: undefined }]);
  });
});

describe("a message of which the log says that it was cut", () => {
  const trace = linesOf("sofia-siptrace-cut.txt");
  const dashes = `   ${"-".repeat(72)}`;

  test("is told as cut, also where nothing else shows it", () => {
    const { packets, incidents } = read(fixture("sofia-siptrace-cut.txt"));
    expect(packets.map(({ cut }) => cut)).toEqual([false, true]);
    expect(incidents).toContainEqual({
      kind: "messages-cut",
      capture: 0,
      count: 1,
      frame: 2,
      values: undefined,
    });
    expect(text(packets[1])).toMatch(/^SIP\/2\.0 200 OK\r\n[^]*\r\nIdentity: \w+\r\n$/);
  });

  test("also where Twinkle wrote nothing of what is behind the cut", () => {
    const log = linesOf("twinkle.log");
    const at = log.indexOf("winkle/1.10.2", log.indexOf("180 Ringing"));
    const end = log.indexOf("---", at);
    const { packets } = read(logOf(`${log.slice(0, at)}\n\n<cut off>\n\n${log.slice(end)}`));
    expect(packets.map(({ cut }) => cut)).toEqual([false, false, true, false, false]);
  });

  test("also without dashes between, as older versions say it", () => {
    const older = trace.replace(`${dashes}\n   *** message truncated at 2329 ***`, "   *** message truncated at 2329");
    expect(older.length).toBeLessThan(trace.length - 72);
    expect(read(logOf(older)).packets.map(({ cut }) => cut)).toEqual([false, true]);
  });

  test("and without these words it is not", () => {
    for (const after of ["", "\n", `${dashes}\n`, "2026-11-28 20:01:12.000000 [INFO] something else\n"]) {
      const { packets } = read(logOf(trace.replace(/ +\*\*\*.*\n/, after)));
      expect(packets.map(({ cut }) => cut)).toEqual([false, false]);
    }
  });
});

describe("a log that is newest first", () => {
  test("is turned round, and that is told", () => {
    const { packets, incidents } = read(fixture("newest-first.txt"));
    expect(packets.map(({ frame }) => frame)).toEqual(call.map((_, index) => index + 1));
    expect(packets.map(({ timeMicros }) => timeMicros)).toEqual(call.map(({ timeMicros }) => timeMicros));
    expect(incidents).toEqual([{ kind: "newest-first", capture: 0, count: call.length, frame: 1, values: undefined }]);
  });

  test("one whose clock stepped back once is not", () => {
    const entries = linesOf("sngrep.txt").split(/^(?=2026)/m);
    const { packets, incidents } = read(logOf([...entries.slice(4), ...entries.slice(0, 4)].join("")));
    expect(text(packets[0])).toBe(text(call[4]));
    expect(incidents.map(({ kind }) => kind)).not.toContain("newest-first");
  });
});

describe("SIP in JSON", () => {
  test("as log shippers write it, whole messages or lines of a log", () => {
    const time = "2026-11-22T07:06:44.356128Z";
    const whole = call.map((packet) => JSON.stringify({ "@timestamp": time, message: text(packet) })).join("\n");
    expect(read(logOf(whole)).packets.map(text)).toEqual(call.map(text));
    const each = linesOf("sngrep.txt").split("\n");
    const containers = each.map((line) => JSON.stringify({ log: `${line}\n`, stream: "stdout", time })).join("\n");
    const { format, packets } = read(logOf(containers));
    expect(format).toBe("sngrep");
    expect(packets.map(text)).toEqual(call.map(text));
  });

  test("that ends in the middle of a row gives the rows before", () => {
    const rows = new TextDecoder("latin1").decode(fixture("homer-rows.json"));
    const { packets, incidents } = read(logOf(rows.slice(0, rows.length / 2)));
    expect(packets.map(text)).toEqual(call.slice(0, packets.length).map(text));
    expect(packets.length).toBeGreaterThan(3);
    expect(incidents.map(({ kind }) => kind)).toEqual(["file-cut"]);
  });

  test("of which a line is broken gives the other lines", () => {
    const rows = linesOf("homer-lines.jsonl").split("\n");
    rows[3] = rows[3].slice(0, 200);
    const { packets } = read(logOf(rows.join("\n")));
    expect(packets.map(text)).toEqual(call.filter((_, index) => index !== 3).map(text));
  });
});
