import { describe, expect, test } from "vitest";
import { language } from "../language/languages/en.ts";
import { colors } from "./colors.ts";
import { ladderSteps } from "./ladderList.ts";
import { drawLadder, ladderSvg } from "./ladderSvg.ts";
import { tagsOf } from "./markup.fixture.ts";
import { failedCall, message, messages } from "./report.fixture.ts";

const call = { ...failedCall, messages };
const svg = ladderSvg(call, { language });

/** The texts of a class that are drawn. */
function texts(markup: string, name: string): string[] {
  return [...markup.matchAll(/<text class="([\w ]+)"[^>]*>(?:<title>[^<]*<\/title>)?([^<]*)<\/text>/gu)]
    .filter(([, names]) => names.split(" ").includes(name))
    .map(([, , text]) => text);
}

describe("a ladder as SVG", () => {
  test("has a lane for each element and an arrow for each message, retransmissions folded", () => {
    expect(texts(svg, "strong")).toEqual(["10.9.0.10", "10.9.0.20", "10.9.0.30"]);
    expect(texts(svg, "label")).toEqual([
      "INVITE",
      "100 Trying",
      "INVITE ×3",
      "502 Bad Gateway",
      "502 Bad Gateway",
      "ACK",
      "ACK",
    ]);
  });

  test("marks the frames of the finding with its verdict and nothing else", () => {
    expect(svg.match(/<g [^>]*class="row c5xx evidence"/gu)).toHaveLength(2);
    expect(texts(svg, "mark")).toEqual(["●", "●"]);
    expect(svg.match(/class="band"/gu)).toHaveLength(2);
  });

  test("shows a silence as a gap", () => {
    expect(texts(svg, "quiet")).toContain("5.1 s pass");
    expect(svg).toContain("stroke-dasharray");
  });

  test("is well-formed, and the same each time", () => {
    expect(tagsOf(svg)[0].name).toBe("svg");
    expect(ladderSvg(call, { language })).toBe(svg);
  });

  test("has ids that begin as asked, each once", () => {
    const ids = tagsOf(ladderSvg(call, { language, id: "x" })).flatMap(
      ({ attributes }) => / id="([^"]*)"/u.exec(attributes)?.[1] ?? [],
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^x(?:-[a-z]+\d*)?$/u.test(id))).toBe(true);
    expect(tagsOf(svg)[0].attributes).toContain(`aria-labelledby="ladder-1-title ladder-1-desc"`);
  });

  test("brings its style only as a file of its own", () => {
    expect(svg).not.toContain("<style>");
    expect(ladderSvg(call, { language, standalone: true })).toContain("prefers-color-scheme:dark");
  });

  test("tells where its rows are, in order and without overlap", () => {
    const { rows, height, width } = drawLadder(call, { language });
    expect(rows.map(({ frame }) => frame)).toEqual([1, 2, 3, 6, 7, 8, 10]);
    for (const [index, { top }] of rows.slice(1).entries()) {
      expect(top).toBeGreaterThanOrEqual(rows[index].top + rows[index].height);
    }
    expect(rows.at(-1)!.top).toBeLessThan(height);
    expect(width).toBeLessThanOrEqual(640);
  });

  test("fits the smallest phone whole: words above arrows, and letters for the elements", () => {
    const forwarded = [...messages, message(11, 5.2, 30, 40, "407 Proxy Authentication", 407)];
    const drawn = drawLadder({ ...call, messages: forwarded }, { language, width: 288 });
    expect(drawn.width).toBe(288);
    expect(texts(drawn.svg, "strong").join()).toBe("a  10.9.0.10,b  10.9.0.20,c  10.9.0.30,d  10.9.0.40,a,b,c,d");
    expect(texts(drawn.svg, "label").slice(2)).toEqual([
      "INVITE ×3",
      "502 Bad Gateway",
      "502 Bad Gateway",
      "ACK",
      "ACK",
      "407 Proxy Authenticati…",
    ]);
    expect(texts(drawn.svg, "quiet")).toEqual(expect.arrayContaining(["OpenGW 3.2", "+0.002", "3", "5.1 s pass"]));
    // No lane crosses words: between two rows there is none above the arrow of the second.
    const [first, second] = drawn.rows;
    const solid = /<path class="lane"[^>]*d="([^"]*)"/u.exec(drawn.svg)?.[1] ?? "";
    const parts = [...solid.matchAll(/ ([\d.]+)V([\d.]+)/gu)].map(([, from, to]) => [Number(from), Number(to)]);
    expect(parts.filter(([from, to]) => from < second.top + 16 && to > first.top + first.height)).toEqual([]);
  });

  test("names the elements that it is told the names of, unless a finding knows better", () => {
    const names = new Map([
      ["10.9.0.10:5060", "Phone 1.0"],
      ["10.9.0.30:5060", "Other"],
    ]);
    const drawn = texts(ladderSvg(call, { language, names }), "quiet");
    expect(drawn).toContain("Phone 1.0");
    expect(drawn).toContain("OpenGW 3.2");
    expect(drawn).not.toContain("Other");
  });
});

test("the same ladder is a list of sentences", () => {
  const steps = ladderSteps(call, { language });
  expect(steps[2]).toBe("+0.002, frame 3, INVITE from 10.9.0.20:5060 to 10.9.0.30:5060, sent 3 times");
  expect(steps[3]).toContain("● Proof: certain");
  for (const step of steps) expect(svg).toContain(`<title>${step}</title>`);
});

test("legs are lettered, and the drawing says why they are one call", () => {
  const callIds = ["a84b4c76e66710@10.9.0.10", "second@10.9.0.20"];
  const said = messages.map((each, index) => (index < 2 ? each : { ...each, callId: callIds[1] }));
  const links = [{ kind: "session-id", callIds: [callIds[0], callIds[1]] as const, score: 0.99, evidence: [] }];
  const drawn = texts(ladderSvg({ ...failedCall, callIds, links, messages: said }, { language }), "quiet");
  expect(drawn.filter((text) => /^[A-Z]$/u.test(text))).toEqual(["A", "A", "B", "B", "B", "B", "B"]);
  expect(drawn).toContain("Leg B: Call-ID second@10.9.0.20 · joined with leg A by Session-ID (99 %)");
});

test("an element that sends to itself has its words inside the drawing", () => {
  const own = [message(1, 0, 10, 20, "INVITE"), message(2, 0.1, 20, 20, "INVITE sip:someone")];
  expect(texts(ladderSvg({ ...failedCall, messages: own }, { language }), "label")).toEqual([
    "INVITE",
    "INVITE sip:someone",
  ]);
});

test("a call without messages is an empty drawing", () => {
  const empty = drawLadder(failedCall, { language });
  expect(empty.rows).toEqual([]);
  expect(tagsOf(empty.svg).length).toBeGreaterThan(0);
});

test("every colour of text is readable on the ground and on the band, light and dark", () => {
  for (const theme of ["light", "dark"] as const) {
    for (const name of ["text", "quiet", "1xx", "2xx", "3xx", "4xx", "5xx", "6xx"]) {
      for (const under of ["ground", "band"]) {
        const contrast = contrastOf(colors[name][theme], colors[under][theme]);
        expect(contrast, `${name} on ${under}, ${theme}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  }
});

/** WCAG 2.2, relative luminance. */
function contrastOf(a: string, b: string): number {
  const [dark, light] = [luminanceOf(a), luminanceOf(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(color: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test("what stands below the drawing is broken into lines that it has room for", () => {
  const callIds = ["a84b4c76e66710@10.9.0.10", "a-second-call-id-that-is-rather-long@gateway.example.test"];
  const links = [{ kind: "transfer", callIds, score: 0.9, evidence: [] }] as const;
  const joined = { ...call, callIds, links } as unknown as typeof call;
  const drawing = drawLadder(joined, { language, width: 420 });
  const below = [...drawing.svg.matchAll(/<text class="quiet" x="8" y="(\d+)"[^>]*>([^<]*)</gu)];
  expect(below.map(([, , text]) => text).join(" ")).toContain("joined with leg A by transfer (90 %)");
  for (const [, y, text] of below) {
    expect(8 + text.length * 7.3).toBeLessThanOrEqual(drawing.width);
    expect(Number(y)).toBeLessThan(drawing.height);
  }
});
