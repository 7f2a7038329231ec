import { parseMessage, validate, type Model } from "messageformat";
import type { Message, Pattern, Selection, ValueReference } from "../../packages/core/src/language/language.ts";

type Declared = ReadonlyMap<string, "integer" | "string">;

/**
 * Checks and flattens one Unicode MessageFormat 2 message. What sipwhy uses of it: `{$value}`, `:integer` (plural) and `:string` in
 * `.input`, `.match`. Throws with `where` for anything else.
 */
export function compileMessage(source: string, where: string): Message {
  const refuse = (why: string) => new Error(`${where}: ${why}: ${source}`);
  const model = parse(source, refuse);
  const declared = declarationsOf(model, refuse);
  if (model.type === "message") return compilePattern(model.pattern, declared, refuse);
  return {
    select: model.selectors.map(({ name }) => ({
      value: name,
      by: declared.get(name) === "integer" ? "plural" : "string",
    })),
    variants: model.variants.map(({ keys, value }) => ({
      keys: keys.map((key) => (key.type === "*" ? "*" : key.value)),
      pattern: compilePattern(value, declared, refuse),
    })),
  };
}

/** The names of the values a message mentions or selects on, sorted. */
export function valueNames(message: Message): readonly string[] {
  const names = new Set<string>();
  const add = (pattern: Pattern) => {
    if (typeof pattern === "string") return;
    for (const part of pattern) if (typeof part !== "string") names.add(part.value);
  };
  if (isSelection(message)) {
    for (const { value } of message.select) names.add(value);
    for (const { pattern } of message.variants) add(pattern);
  } else add(message);
  return [...names].sort();
}

/** What a message tells apart, as `$value key`, but for the plural categories, which each language has its own of. */
export function variantNames(message: Message): readonly string[] {
  if (!isSelection(message)) return [];
  const names = message.variants.flatMap(({ keys }) =>
    keys.map((key, index) => ({ key, selector: message.select[index] })),
  );
  return names
    .filter(({ key, selector }) => key !== "*" && (selector.by === "string" || /^\d+$/u.test(key)))
    .map(({ key, selector }) => `$${selector.value} ${key}`);
}

/** Everything of a message that a reader sees, values replaced by their names in braces. */
export function plainText(message: Message): string {
  const text = (pattern: Pattern) =>
    typeof pattern === "string"
      ? pattern
      : pattern.map((part) => (typeof part === "string" ? part : `{${part.value}}`)).join("");
  return isSelection(message) ? message.variants.map(({ pattern }) => text(pattern)).join("\n") : text(message);
}

function isSelection(message: Message): message is Selection {
  return typeof message === "object" && "select" in message;
}

function parse(source: string, refuse: (why: string) => Error): Model.Message {
  try {
    const model = parseMessage(source);
    validate(model, (_type, node) => {
      throw refuse(`not valid near ${JSON.stringify(node)}`);
    });
    return model;
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}

function declarationsOf(model: Model.Message, refuse: (why: string) => Error): Declared {
  const declared = new Map<string, "integer" | "string">();
  for (const { type, name, value } of model.declarations) {
    const functionName = value.functionRef?.name;
    if (type !== "input" || (functionName !== "integer" && functionName !== "string")) {
      throw refuse("only .input with :integer or :string");
    }
    declared.set(name, functionName);
  }
  return declared;
}

function compilePattern(pattern: Model.Pattern, declared: Declared, refuse: (why: string) => Error): Pattern {
  const parts: (string | ValueReference)[] = [];
  for (const element of pattern) {
    const part = typeof element === "string" ? element : compileElement(element, declared, refuse);
    const before = parts.at(-1);
    if (typeof part === "string" && typeof before === "string") parts[parts.length - 1] = before + part;
    else parts.push(part);
  }
  if (parts.length === 0) return "";
  return parts.length === 1 && typeof parts[0] === "string" ? parts[0] : parts;
}

function compileElement(
  element: Model.Expression | Model.Markup,
  declared: Declared,
  refuse: (why: string) => Error,
): string | ValueReference {
  if (element.type !== "expression" || element.arg === undefined) throw refuse("only {$value} and literals");
  if (element.arg.type === "literal") return element.arg.value;
  const functionName = element.functionRef?.name ?? declared.get(element.arg.name);
  if (functionName === undefined || functionName === "string") return { value: element.arg.name };
  if (functionName === "integer") return { value: element.arg.name, format: "integer" };
  throw refuse(`function :${functionName}`);
}
