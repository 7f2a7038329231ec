import type { Facts } from "../../../packages/core/src/reference/facts.ts";
import type { ResponseCode } from "../../../packages/core/src/reference/responseCode.ts";
import { sourceTag } from "../locales.ts";
import { readJson } from "../paths.ts";
import { readFacts, readProse } from "../referenceModules.ts";
import type { Problem } from "./problem.ts";

/** Facts use keys that have words, name codes that are registered; facts and prose belong together. */
export function checkClosedSets(root: string): Problem[] {
  const facts = readFacts(root);
  const strings = readJson<Record<string, string>>(root, `content/${sourceTag}/reference.json`) ?? {};
  return [
    ...facts.codes.flatMap((code) => keyProblems(code, strings)),
    ...facts.codes.flatMap((code) => linkProblems(code, facts)),
    ...otherProblems(facts, strings),
    ...proseProblems(root, facts),
  ];
}

/** Keys of reference.json that the facts of a code stand for. */
function keysOf({ class: name, mintedBy, headerFields, client, effect, synthetic }: ResponseCode): string[] {
  return [
    `class.${name}`,
    ...mintedBy.map((role) => `role.${role}`),
    ...headerFields.flatMap(({ need, condition }) => [
      `headerField.${need}`,
      ...(condition ? [`condition.${condition}`] : []),
    ]),
    `action.${client.action}`,
    `action.${client.action}.after`,
    `action.basis.${client.basis}`,
    ...client.changes.map((change) => `change.${change}`),
    `effect.${effect.scope}`,
    `effect.${effect.scope}.in`,
    ...(effect.note ? [`effect.note.${effect.note}`] : []),
    ...(effect.implementations ?? []).map(({ scope }) => `effect.at.${scope}`),
    ...(synthetic?.when ?? []).map((reason) => `synthetic.${reason}`),
  ];
}

function keyProblems(code: ResponseCode, strings: Readonly<Record<string, string>>): Problem[] {
  return keysOf(code)
    .filter((key) => strings[key] === undefined)
    .map((key) => ({ path: `content/codes/${code.code}.json`, message: `content/en/reference.json has no ${key}` }));
}

function linkProblems(code: ResponseCode, facts: Facts): Problem[] {
  const path = `content/codes/${code.code}.json`;
  const known = new Set(facts.codes.map((entry) => entry.code));
  const codes = code.relatedCodes.filter((other) => !known.has(other) || other === code.code);
  const profiles = Object.keys(code.toIsdn).filter((profile) => !(profile in facts.profiles));
  return [
    ...codes.map((other) => ({ path, message: `related code ${other} is not registered` })),
    ...profiles.map((profile) => ({ path, message: `profile ${profile} is not in content/profiles.json` })),
  ];
}

function otherProblems(facts: Facts, strings: Readonly<Record<string, string>>): Problem[] {
  const wanted = [
    ...facts.q850.map((entry) => [`q850/${entry.cause}`, `q850Class.${entry.class}`]),
    ...facts.warnings.flatMap((entry) => [
      [`warnings/${entry.code}`, `group.${entry.group}`],
      [`warnings/${entry.code}`, `automaticAction.${entry.automaticAction}`],
    ]),
    ...facts.reasons.flatMap((entry) => [
      [`reasons/${entry.protocol}`, `usedIn.${entry.usedIn}`],
      [`reasons/${entry.protocol}`, `causes.${entry.causes}`],
    ]),
  ];
  return wanted
    .filter(([, key]) => strings[key] === undefined)
    .map(([file, key]) => ({ path: `content/${file}.json`, message: `content/en/reference.json has no ${key}` }));
}

function proseProblems(root: string, facts: Facts): Problem[] {
  const prose = readProse(root, sourceTag);
  const belong: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["codes", facts.codes.map(({ code }) => String(code)), Object.keys(prose.codes)],
    ["pairs", facts.pairs.map(({ codes }) => codes.join("-")), Object.keys(prose.pairs)],
    ["q850", facts.q850.map(({ cause }) => String(cause)), Object.keys(prose.q850)],
    ["warnings", facts.warnings.map(({ code }) => String(code)), Object.keys(prose.warnings)],
    ["reasons", facts.reasons.map(({ protocol }) => protocol), Object.keys(prose.reasons)],
    ["unregistered", facts.unregistered.map(({ code }) => String(code)), Object.keys(prose.unregistered)],
    ["symptoms", facts.symptoms.map(({ symptom }) => symptom), Object.keys(prose.symptoms)],
  ];
  return belong.flatMap(([name, withFacts, withProse]) => [
    ...withFacts
      .filter((key) => !withProse.includes(key))
      .map((key) => ({ path: `content/en/${name}`, message: `${key} has no prose` })),
    ...withProse
      .filter((key) => !withFacts.includes(key))
      .map((key) => ({ path: `content/${name}`, message: `${key} has no facts` })),
  ]);
}
