// node timeParser.ts PARSER MESSAGES WARM-UP-MILLISECONDS MILLISECONDS [FOLDER OF PACKAGES]
// Parses the messages of a file in turn with one parser for that long, and prints what it took of the processor as JSON.
import { readMessages } from "./messageFile.ts";
import { makeParser } from "./parsers.ts";
import type { ParserUnderTest, RunResult } from "./parserUnderTest.ts";

const BETWEEN_LOOKS = 64;
const [name, path, warmUpMillis, millis, packages] = process.argv.slice(2);
const set = readMessages(path);
const parser = (await makeParser(name, packages))(set);
const facts = Array.from({ length: set.original }, (_, index) => parser.facts(index));
const parseFor = looping(parser, set.starts.length - 1);
parseFor(Number(warmUpMillis));
const result: RunResult = {
  ...parseFor(Number(millis)),
  refused: facts.filter((each) => each === undefined).length,
  cseqs: facts.reduce((sum, each) => sum + (each?.cseq ?? 0), 0),
  vias: facts.reduce((sum, each) => sum + (each?.vias ?? 0), 0),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

function looping(
  { parse }: ParserUnderTest,
  count: number,
): (millis: number) => Pick<RunResult, "messages" | "seconds"> {
  let next = 0;
  const last: unknown[] = [];
  return (most) => {
    const start = process.cpuUsage();
    const end = performance.now() + most;
    let messages = 0;
    do {
      for (let i = 0; i < BETWEEN_LOOKS; i++) {
        last[0] = parse(next);
        if (++next === count) next = 0;
      }
      messages += BETWEEN_LOOKS;
    } while (performance.now() < end);
    const { user, system } = process.cpuUsage(start);
    return { messages, seconds: (user + system) / 1e6 };
  };
}
