import { startLineAt } from "./startLine.ts";

/** A message has fewer lines: then the cell was none, or its end was lost. */
const MOST_LINES = 2000;

/**
 * Takes messages out of the cells of a table that was saved as CSV, as Kibana and Splunk do: a cell in quotes may have several lines, and has each quote twice. The
 * cells before it, with their time, become a line of their own.
 */
export class QuotedCells {
  readonly #emit: (line: string) => void;
  /** Lines of the open cell; 0 where none is. */
  #lines = 0;

  constructor(emit: (line: string) => void) {
    this.#emit = emit;
  }

  push(line: string): void {
    if (this.#lines > 0) return this.#pushPart(line);
    const quote = line.includes('"') ? openingQuote(line) : -1;
    if (quote < 0 || closingQuote(line, quote + 1) >= 0) return this.#emit(line);
    if (quote > 0)
      this.#emit(
        line
          .slice(0, quote)
          .replaceAll('"', "")
          .replaceAll(/[,;\t](?! )/g, " "),
      );
    this.#pushPart(line.slice(quote + 1));
  }

  #pushPart(line: string): void {
    const end = closingQuote(line, 0);
    this.#lines = end >= 0 || this.#lines > MOST_LINES ? 0 : this.#lines + 1;
    this.#emit((end < 0 ? line : line.slice(0, end)).replaceAll('""', '"'));
  }
}

/** The quote right before a start line, at the beginning of a cell; -1 if there is none. */
function openingQuote(line: string): number {
  const quote = startLineAt(line, true) - 1;
  if (quote < 0 || line[quote] !== '"') return -1;
  return quote === 0 || ",;\t".includes(line[quote - 1]) ? quote : -1;
}

/** The first quote that is alone; -1 where none is. */
function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 2)) if (line[at + 1] !== '"') return at;
  return -1;
}
