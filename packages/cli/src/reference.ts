import {
  compare,
  describeCode,
  describeCodes,
  describeQ850,
  describeReason,
  describeSearch,
  describeWarning,
  explainLookUpError,
  facts,
  lookUp,
  LookUpError,
  q850,
  reasonProtocol,
  warning,
  type Page,
  type ReferenceLanguage,
} from "@sipwhy/core/reference";
import { exitCodes } from "./exitCodes.ts";
import type { Format } from "./flags.ts";

export interface ReferenceOptions {
  /** A language that is spoken here. */
  readonly languageTag: string;
  readonly format: Exclude<Format, "html">;
  readonly width: number;
  readonly color: boolean;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Only codes of this class, 1 to 6: for `codes`. */
  readonly class?: string;
}

/**
 * Looks up what the words name (`502`, `202 502`, `q850 38`, `warning 304`, `reason Q.850`, `codes`, `search busy`); returns the exit
 * code: 2 for what cannot be looked up.
 */
export async function runReference(words: readonly string[], options: ReferenceOptions): Promise<number> {
  const language = await loadReference(options.languageTag);
  try {
    options.stdout.write(await render(answer(words, language, options), options));
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof LookUpError)) throw error;
    const { escapeTerminal } = await import("@sipwhy/core/reference-view");
    options.stderr.write(`sipwhy: ${escapeTerminal(explainLookUpError(error, language))}\n`);
    return exitCodes.unreadable;
  }
}

/** The page, and what it was made of: for `--format json`. */
interface Answer {
  readonly page: Page;
  readonly data?: Readonly<Record<string, unknown>>;
}

async function loadReference(tag: string): Promise<ReferenceLanguage> {
  const { reference } = (await import(`@sipwhy/core/reference/${tag}`)) as { reference: ReferenceLanguage };
  return reference;
}

function answer(words: readonly string[], language: ReferenceLanguage, options: ReferenceOptions): Answer {
  const [first, second = ""] = words;
  switch (first) {
    case "codes":
      return { page: describeCodes(language, classOf(options.class ?? words[1])) };
    case "search":
      return { page: describeSearch(words.slice(1).join(" "), language) };
    case "q850":
      return answerQ850(numberOf(second, "not-a-cause"), language);
    case "warning":
      return answerWarning(numberOf(second, "unknown-warning"), language);
    case "reason":
      return { page: describeReason(second, language), data: { facts: reasonProtocol(second) } };
    default:
      return words.length > 1
        ? answerPair(codeOf(first), codeOf(second), language)
        : answerCode(codeOf(first), language);
  }
}

function answerQ850(cause: number, language: ReferenceLanguage): Answer {
  return { page: describeQ850(cause, language), data: { facts: q850(cause) } };
}

function answerWarning(code: number, language: ReferenceLanguage): Answer {
  return { page: describeWarning(code, language), data: { facts: warning(code) } };
}

function answerCode(code: number, language: ReferenceLanguage): Answer {
  return { page: describeCode(code, language), data: { ...lookUp(code) } };
}

function answerPair(one: number, other: number, language: ReferenceLanguage): Answer {
  const { page, ...data } = compare(one, other, language);
  return { page, data };
}

function codeOf(word: string): number {
  if (!/^\d{3}$/u.test(word)) throw new LookUpError("not-a-status-code", word);
  return Number(word);
}

function numberOf(word: string, problem: "not-a-cause" | "unknown-warning"): number {
  if (!/^\d{1,4}$/u.test(word)) throw new LookUpError(problem, word);
  return Number(word);
}

/** `4`, `4xx`. Throws LookUpError `not-a-class`. */
function classOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const digit = /^([1-6])(?:xx)?$/iu.exec(word)?.[1];
  if (digit === undefined) throw new LookUpError("not-a-class", word);
  return Number(digit);
}

async function render({ page, data }: Answer, { format, width, color }: ReferenceOptions): Promise<string> {
  const { escapeJson, referenceMarkdown, referenceText } = await import("@sipwhy/core/reference-view");
  if (format === "json")
    return `${escapeJson(JSON.stringify({ version: 1, registryDate: facts.date, ...data, ...page }, undefined, 2))}\n`;
  return format === "markdown" ? referenceMarkdown(page) : referenceText(page, { width, color });
}
