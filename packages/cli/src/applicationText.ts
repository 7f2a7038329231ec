import type { Language, MessageValues } from "@sipwhy/core/language";
import {
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
  type ApplicationText,
} from "@stricli/core";
import { helpText } from "./helpText.ts";

/** The sentences of the command-line library, in one language. */
export function applicationText(language: Language): ApplicationText {
  const say = (key: string, values: MessageValues = {}): string => helpText(language, key, values);
  const unexpected = (exception: unknown): string => say("error.unexpected", { reason: reasonOf(exception) });
  return {
    ...text_en,
    headers: {
      usage: say("heading.usage"),
      aliases: say("heading.aliases"),
      commands: say("heading.commands"),
      flags: say("heading.flags"),
      arguments: say("heading.arguments"),
    },
    keywords: { default: say("keyword.default"), separator: say("keyword.separator") },
    briefs: {
      help: say("flag.help"),
      helpAll: say("flag.helpAll"),
      version: say("flag.version"),
      argumentEscapeSequence: say("flag.escape"),
    },
    exceptionWhileParsingArguments: (exception) =>
      `sipwhy: ${exception instanceof ArgumentScannerError ? argumentError(exception, say) : unexpected(exception)}`,
    exceptionWhileLoadingCommandFunction: (exception) => `sipwhy: ${unexpected(exception)}`,
    exceptionWhileLoadingCommandContext: (exception) => `sipwhy: ${unexpected(exception)}`,
    exceptionWhileRunningCommand: (exception) => `sipwhy: ${unexpected(exception)}`,
    commandErrorResult: (error) => `sipwhy: ${error.message}`,
  };
}

function argumentError(error: ArgumentScannerError, say: (key: string, values?: MessageValues) => string): string {
  return formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) =>
      corrections.length > 0
        ? say("error.flagUnknownSuggestion", { flag: `--${input}`, suggestion: `--${corrections[0]}` })
        : say("error.flagUnknown", { flag: `--${input}` }),
    AliasNotFoundError: ({ input }) => say("error.flagUnknown", { flag: `-${input}` }),
    ArgumentParseError: ({ exception }) => reasonOf(exception),
    EnumValidationError: ({ externalFlagName, input, values }) =>
      say("error.flagValue", { flag: `--${externalFlagName}`, value: input, values: values.join(", ") }),
    InvalidNegatedFlagSyntaxError: ({ externalFlagName }) =>
      say("error.flagUnknown", { flag: `--${externalFlagName}` }),
    UnexpectedFlagError: ({ externalFlagName }) => say("error.flagRepeated", { flag: `--${externalFlagName}` }),
    UnexpectedPositionalError: ({ input }) => say("error.argumentUnexpected", { argument: input }),
    UnsatisfiedFlagError: ({ externalFlagName }) => say("error.flagWithoutValue", { flag: `--${externalFlagName}` }),
    UnsatisfiedPositionalError: () => say("error.noInput"),
  });
}

function reasonOf(exception: unknown): string {
  return exception instanceof Error ? exception.message : String(exception);
}
