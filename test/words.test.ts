import { basename } from "node:path";
import { expect, test } from "vitest";
import { readSources } from "./sources.ts";

// In code, as identifiers and parts of them: `localPort`, `remote_tag`, `isIncoming`.
const inIdentifiers =
  /(?<![A-Za-z])_?(local|remote|incoming|outgoing)(?![a-z])|(?<=[a-z])(Local|Remote|Incoming|Outgoing)(?![a-z])/g;
const inFileNames =
  /^(utils?|helpers?|common|manager|process(or)?|info|misc)\.|^(utils?|helpers?|common)[A-Z]|(Utils?|Helpers?|Common|Manager|Processor|Info|Misc)\./;

/** `remote` is a parameter of Session-ID (RFC 7989 §5), `remote-tag` one of Target-Dialog (RFC 4538 §7). */
const mayMentionSessionId = /\/(sessionId|linkLegs|linkLegs\.test|headerFields\.test)\.ts$/;

test("no identifier says local, remote, incoming or outgoing: sipwhy watches from outside", () => {
  const sources = readSources("packages/*/src/**/*.ts", "tools/**/*.{ts,mjs}").filter(({ path }) => !isGenerated(path));
  const found = sources.flatMap(({ path, text }) =>
    [...withoutProse(text).matchAll(inIdentifiers)]
      .filter(([word]) => !(word === "remote" && mayMentionSessionId.test(path)))
      .map(([word]) => `${path}: ${word}`),
  );
  expect(sources.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

// A cause of Q.850 is named by its standard and a code's prose may speak to the one who sends it; a report speaks of what was seen.
test("no sentence of a report says incoming or outgoing, or calls a side local or remote", () => {
  const sources = readSources("content/en/rules/*.md", "content/en/{ui,help}.json");
  const found = sources.flatMap(({ path, text }) =>
    [...sentences(text).matchAll(/\b(incoming|outgoing|local|remote)\b/gi)].map(([word]) => `${path}: ${word}`),
  );
  expect(sources.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

test("no file is named utils, helper, common, manager, process or info", () => {
  const paths = readSources("packages/**/*.{ts,js,mjs}", "tools/**/*.{ts,mjs}", "test/**/*.ts").map(({ path }) => path);
  const isHeaderField = (path: string): boolean => /\/message\/\w+Info(\.test)?\.ts$/.test(path); // Alert-Info, Call-Info, …
  expect(paths.filter((path) => inFileNames.test(basename(path)) && !isHeaderField(path))).toEqual([]);
});

test("the forbidden words are recognised where they hide and nowhere else", () => {
  const words = (text: string): readonly string[] =>
    [...withoutProse(text).matchAll(inIdentifiers)].map(([word]) => word);
  expect(words("const localPort = 1; message.remote; isIncoming; outgoing_tag")).toEqual([
    "local",
    "remote",
    "Incoming",
    "outgoing",
  ]);
  expect(
    words('locale; localeCompare(a); toLocaleString(); removed; "local"; // remote\ntext.replace(/local/g, a)'),
  ).toEqual([]);
  expect(["utils.ts", "dateHelper.ts", "info.ts", "callManager.ts"].every((name) => inFileNames.test(name))).toBe(true);
  expect(
    ["infoPackage.ts", "information.ts", "recommend.ts", "processing.ts"].some((name) => inFileNames.test(name)),
  ).toBe(false);
});

function isGenerated(path: string): boolean {
  return /\/(languages|generated)\//.test(path);
}

/** Code without strings, comments and regular expressions. */
function withoutProse(text: string): string {
  return text.replace(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/.*|(?<=[(=,:]\s*)\/(?![*/])(?:[^/\\\n]|\\.)+\/[a-z]*/g,
    '""',
  );
}

/** Prose without headings, which are keys, and without code spans. */
function sentences(text: string): string {
  return text.replace(/^#.*$|`[^`\n]*`/gm, "");
}
