/** Colour of a status-code class, or an emphasis. */
export type Style = "1xx" | "2xx" | "3xx" | "4xx" | "5xx" | "6xx" | "strong" | "quiet" | "heading";

/** Dresses text for the terminal; without colour it returns the text as it is. */
export type Paint = (style: Style | undefined, text: string) => string;

export function createPaint(color: boolean): Paint {
  if (!color) return (_style, text) => text;
  return (style, text) => (style === undefined || text === "" ? text : `\x1b[${codes[style]}m${text}\x1b[0m`);
}

/** The class of a status code: `404` is `4xx`. */
export function classStyle(statusCode: number | undefined): Style | undefined {
  const digit = Math.floor((statusCode ?? 0) / 100);
  return digit >= 1 && digit <= 6 ? (`${digit}xx` as Style) : undefined;
}

// The terminal's own sixteen colours: they follow the reader's light or dark theme. Blue is the bright one, the dark one cannot be read on black.
const codes: Readonly<Record<Style, string>> = {
  "1xx": "90",
  "2xx": "32",
  "3xx": "94",
  "4xx": "33",
  "5xx": "31",
  "6xx": "35",
  strong: "1",
  quiet: "2",
  heading: "1",
};
