import type { Language } from "@sipwhy/core/language";
import type { PartialApplicationConfiguration } from "@stricli/core";
import { applicationText } from "./applicationText.ts";
import { exitCodes } from "./exitCodes.ts";
import { packageVersion } from "./packageVersion.ts";

/** How a command line of ours reads its arguments and speaks. */
export function applicationSettings(language: Language, name: string): PartialApplicationConfiguration {
  return {
    name,
    versionInfo: { getCurrentVersion: packageVersion },
    scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true, distanceOptions },
    documentation: { caseStyle: "convert-camel-to-kebab", useAliasInUsageLine: false },
    // An error of ours is no finding.
    determineExitCode: () => exitCodes.unreadable,
    localization: { text: applicationText(language) },
  };
}

/** One slip of the finger: what is farther off was not meant, and to name it would mislead. */
const distanceOptions = {
  threshold: 4,
  weights: { insertion: 1, deletion: 3, substitution: 2, transposition: 0 },
} as const;
