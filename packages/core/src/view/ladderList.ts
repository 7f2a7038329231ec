import { frameName } from "../call/frameName.ts";
import type { CallReport } from "../diagnosis/report.ts";
import { sayIn } from "../language/interfaceText.ts";
import type { Language } from "../language/language.ts";
import { offsetOf } from "./clock.ts";
import { buildLadder, type Arrow } from "./ladderModel.ts";
import { notesBetween } from "./ladderNotes.ts";
import { verdictMarks } from "./marks.ts";
import { visible } from "./page.ts";

/** Each arrow of the ladder as a sentence, for readers who cannot see it. */
export function ladderSteps(
  call: CallReport,
  { language, captures = 1 }: { readonly language: Language; readonly captures?: number },
): string[] {
  const say = sayIn(language);
  const step = ({ message, seconds, count, verdict }: Arrow): string => {
    const frame = String(frameName(message, captures));
    const facts = [
      ...(Number.isNaN(seconds) ? [] : [offsetOf(seconds)]),
      say("view.frame", { frame }),
      say("view.ladderStep", {
        label: visible(message.label, 100),
        source: visible(message.source, 60),
        destination: visible(message.destination, 60),
      }),
      ...(count > 1 ? [say("view.ladderSent", { count })] : []),
      ...(verdict === undefined
        ? []
        : [`${verdictMarks[verdict]} ${say("view.proof")}${say("view.colon")}${say(`verdict.${verdict}`)}`]),
    ];
    return facts.join(", ");
  };
  return buildLadder(call).arrows.map(step);
}

/** Each arrow as a sentence, and between them what logs say, and media where it begins. */
export function ladderStory(
  call: CallReport,
  options: { readonly language: Language; readonly captures?: number },
): string[] {
  const steps = ladderSteps(call, options);
  return notesBetween(call, buildLadder(call).arrows, sayIn(options.language)).flatMap(({ media, said }, index) => [
    ...[...media, ...said].map((text) => `· ${visible(text, 400)}`),
    ...steps.slice(index, index + 1),
  ]);
}

/** What the picture shows, in a sentence or two. */
export function describeLadder(call: CallReport, language: Language): string {
  const { lanes, arrows } = buildLadder(call);
  const elements = lanes
    .map(({ address, name }) =>
      name === undefined ? visible(address, 60) : `${visible(address, 60)} (${visible(name, 60)})`,
    )
    .join(", ");
  const say = sayIn(language);
  return say("view.ladderAbout", { messages: say("view.messages", { count: arrows.length }), elements });
}
