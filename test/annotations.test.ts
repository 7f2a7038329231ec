import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyze, type Report } from "../packages/core/src/index.ts";
import { language } from "../packages/core/src/language/languages/en.ts";
import { readCallTraffic } from "../packages/core/src/export/index.ts";
import { tagsOf } from "../packages/core/src/view/markup.fixture.ts";
import { drawLadder, htmlView, ladderView } from "../packages/core/src/view/index.ts";
import { root } from "./sources.ts";

function explain(log: string, messages: boolean = true): Promise<Report> {
  return analyze([{ name: "log", bytes: new TextEncoder().encode(log) }], { language, messages });
}

function saidOf({ calls }: Report): readonly (readonly string[])[] {
  return calls.map(({ annotations = [] }) => annotations.map(({ frame, by, text }) => `${frame} ${by} ${text}`));
}

/** One message of Asterisk's log, at a second of the day. */
function logged(second: number, callId: string, message: string, sent: boolean = false): string {
  const how = sent ? "Transmitting SIP response (300 bytes) to" : "Received SIP request (300 bytes) from";
  return `[Nov 22 07:06:${second}] VERBOSE[2201] res_pjsip_logger.c: <--- ${how} UDP:10.9.0.20:5060 --->
${message}
Via: SIP/2.0/UDP 10.9.0.20;branch=z9hG4bK${callId}
From: <sip:1001@sip.example.test>;tag=a
To: <sip:1002@sip.example.test>${sent ? ";tag=b" : ""}
Call-ID: ${callId}
CSeq: 1 INVITE
Content-Length: 0

`;
}

const invite = (second: number, callId: string): string =>
  logged(second, callId, "INVITE sip:1002@sip.example.test SIP/2.0");
const busy = (second: number, callId: string): string => logged(second, callId, "SIP/2.0 486 Busy Here", true);
const line = (second: number, text: string): string => `[Nov 22 07:06:${second}] WARNING[7] app_dial.c: ${text}\n`;

describe("a line of a log between messages", () => {
  test("belongs to the call that was under way alone, in its place", async () => {
    const log =
      line(10, "before") +
      invite(20, "first-call") +
      line(21, "dialling") +
      busy(22, "first-call") +
      line(40, "long after");
    expect(saidOf(await explain(log))).toEqual([["1 time WARNING[7] app_dial.c: dialling"]]);
  });

  test("belongs to the call whose Call-ID it names, also while others are under way", async () => {
    const log =
      invite(20, "first-call") +
      invite(21, "second-call") +
      line(22, "anybody's") +
      line(22, "Call-ID: second-call is busy") +
      line(23, "first-call, second-call compared") +
      busy(24, "first-call") +
      busy(25, "second-call") +
      line(50, "freed <first-call>");
    expect(saidOf(await explain(log))).toEqual([
      ["4 call-id WARNING[7] app_dial.c: freed <first-call>"],
      ["2 call-id WARNING[7] app_dial.c: Call-ID: second-call is busy"],
    ]);
  });

  test("belongs to the call that the log itself names it by", async () => {
    const head = (guid: string, where: string): string => `Nov 22 07:06:44.357: //52/${guid}/SIP/${where}:`;
    const message = text486().split("\n").slice(1).join("\n");
    const log = `${head("C0058B3E8097", "Msg/ccsipDisplayMsg")}\nReceived:\n${message}\n${head("C0058B3E8097", "Info/sipSPI")} cause 17\n${head("A0058B3E8097", "Info/sipSPI")} of another\n`;
    const said = saidOf(await explain(`${invite(43, "an-old-call")}${log}${busy(58, "an-old-call")}`));
    expect(said[1]).toEqual(["2 identity //52/C0058B3E8097/SIP/Info/sipSPI: cause 17"]);
    expect(said[0]).toEqual([]);
  });

  test("is left out unless the messages are asked for, and of a capture printed as text", async () => {
    const log = invite(20, "first-call") + line(21, "dialling") + busy(22, "first-call");
    expect(saidOf(await explain(log, false))).toEqual([[]]);
    const dissected = readFileSync(join(root, "fixtures", "traces", "tshark-V.txt"), "utf8");
    expect(saidOf(await explain(dissected)).flat()).toEqual([]);
  });

  test("is one of so many that some are left out, and that is told", async () => {
    const log = invite(20, "first-call") + line(21, "dialling").repeat(30_000) + busy(22, "first-call");
    const report = await explain(log);
    expect(report.calls[0].annotations).toHaveLength(200);
    expect(report.captures[0].incidents.map(({ text }) => text)).toContainEqual(expect.stringContaining("log-lines"));
  });

  test("is drawn in the ladder, safe to look at and in one line", async () => {
    const log =
      invite(20, "first-call") + line(20, `\x1b]0;owned\x07${"endless ".repeat(40)}`) + busy(20, "first-call");
    const drawn = ladderView(await explain(log), { language, width: 80 }).split("\n");
    const note = drawn.findIndex((each) => each.includes("app_dial.c"));
    expect(drawn[note]).toMatch(/^ {6}· WARNING\[7\] app_dial\.c: .*endless.*…$/);
    expect(drawn[note]).not.toMatch(/[\x00-\x1f]/);
    expect(drawn[note - 1]).toContain("INVITE");
    expect(drawn[note + 1]).toContain("486");
  });

  test("has its place between the arrows of the picture, where no arrow is, and the picture stays well-formed", async () => {
    const hostile = `</title><script>x</script>\x1b]0;owned\x07${"endless ".repeat(40)}`;
    const log =
      invite(20, "first-call") +
      line(20, hostile) +
      line(21, "second") +
      busy(27, "first-call") +
      line(27, "behind the last");
    const {
      calls: [call],
    } = await explain(log);
    const { svg, rows, lines, height } = drawLadder(call, { language });
    expect(lines.map(({ before }) => before)).toEqual([1, 1, 2]);
    const [invited, refused] = rows;
    const places = [invited, lines[0], lines[1], refused, lines[2]];
    for (const [index, place] of places.slice(1).entries()) {
      expect(place.top).toBeGreaterThanOrEqual(places[index].top + places[index].height);
    }
    expect(lines[2].top + lines[2].height).toBeLessThanOrEqual(height);
    expect(tagsOf(svg).filter(({ name }) => name === "script")).toEqual([]);
    expect(svg).not.toMatch(/[\x00-\x1f]/);
    expect(svg).toMatch(/>· WARNING\[7\] app_dial\.c: second<\/text>/);
  });

  test("stands in the HTML report, in its picture and in its list", async () => {
    const log = invite(20, "first-call") + line(21, "dialling") + busy(22, "first-call");
    const html = htmlView(await explain(log), { language });
    expect(html).toMatch(/>· WARNING\[7\] app_dial\.c: dialling<\/text>/);
    expect(html).toMatch(/INVITE[^<]*<\/li><li>· WARNING\[7\] app_dial\.c: dialling<\/li><li>/);
  });

  test("comes with the messages of a call that is read again, the same lines as of the analysis", async () => {
    const log =
      invite(20, "first-call") +
      line(21, "dialling") +
      invite(22, "second-call") +
      line(23, "anybody's") +
      line(23, "second-call waits") +
      busy(24, "first-call") +
      busy(25, "second-call");
    const inputs = [{ name: "log", bytes: new TextEncoder().encode(log) }];
    const { calls } = await analyze(inputs, { language });
    const told = (await explain(log)).calls.map(({ annotations }) => annotations);
    for (const [index, { callIds }] of calls.entries()) {
      const { annotations } = await readCallTraffic(inputs, { language, callIds, calls });
      expect(annotations).toEqual(told[index]);
    }
    expect((await readCallTraffic(inputs, { language, callIds: calls[0].callIds })).annotations).toEqual([]);
  });
});

function text486(): string {
  return invite(44, "the-guid-call");
}
