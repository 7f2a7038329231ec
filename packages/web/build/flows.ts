import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { FlowSource, RuleExample } from "virtual:flows";
import type { Plugin } from "vite";
import { readRuleFixture, type RuleCase } from "../../core/src/diagnosis/ruleFixture.fixture.ts";
import { workspaceRoot } from "../../../tools/content/paths.ts";
import { sentMessages } from "./sentMessages.ts";

const name = "virtual:flows";
const codeFlows = join(workspaceRoot, "packages/web/flows");
const ruleFixtures = join(workspaceRoot, "packages/core/src/diagnosis/rules");

/** The module with the traffic of every example. */
export function flows(): Plugin {
  return {
    name: "sipwhy-flows",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      if (this.environment.name === "client") return "export const flowsByCode = {}, flowsByRule = {};";
      return `export const flowsByCode = ${JSON.stringify(ofCodes())};\nexport const flowsByRule = ${JSON.stringify(ofRules())};`;
    },
  };
}

function ofCodes(): Record<string, FlowSource> {
  return Object.fromEntries(
    globSync(`${codeFlows}/*.sip`).map((path) => [basename(path, ".sip"), flowOf(readFileSync(path, "utf8"))]),
  );
}

function flowOf(text: string): FlowSource {
  const lines = text.split("\n");
  const lanes = lines
    .filter((line) => line.startsWith("lane "))
    .map((line) => ({ address: line.split(" ")[1], role: line.split(" ")[2] }));
  const traffic = lines.filter((line) => !line.startsWith("lane ")).join("\n");
  const [{ packets }] = readRuleFixture(`## near miss: an example\n\`\`\`sip\n${traffic.trim()}\n\`\`\`\n`);
  return { lanes, messages: sentMessages(packets) };
}

/** The cases of each fixture that fire. An example holds messages alone: what needs an ICMP error or a password is no example. */
function ofRules(): Record<string, RuleExample[]> {
  const entries = globSync(`${ruleFixtures}/*.fixture.md`).map((path) => [
    basename(path, ".fixture.md"),
    readRuleFixture(readFileSync(path, "utf8")).flatMap(exampleOf),
  ]);
  return Object.fromEntries(entries);
}

function exampleOf({ expected, events, credentials, packets, observedUntilMicros }: RuleCase): RuleExample[] {
  if (expected.kind !== "fires" || events.length > 0 || credentials.length > 0) return [];
  const { cause = "", verdict } = expected;
  return [{ cause, verdict, messages: sentMessages(packets, observedUntilMicros) }];
}
