/** A SIP message as the scripted user agent reads it: only as far as its scripts need. */
export interface SipText {
  readonly text: string;
  readonly startLine: string;
  /** Undefined for a response. */
  readonly method: string | undefined;
  /** Undefined for a request. */
  readonly statusCode: number | undefined;
  readonly cseqMethod: string;
  /** Values of a header field, each line for itself. */
  all(name: string): readonly string[];
  first(name: string): string;
}

export function readSip(text: string): SipText {
  const [head = ""] = text.split("\r\n\r\n");
  const [startLine = "", ...lines] = head.split("\r\n");
  const all = (name: string): readonly string[] =>
    lines
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((line) => line.slice(name.length + 1).trim());
  const first = (name: string): string => all(name)[0] ?? "";
  const isResponse = startLine.startsWith("SIP/2.0 ");
  return {
    text,
    startLine,
    method: isResponse ? undefined : startLine.split(" ")[0],
    statusCode: isResponse ? Number(startLine.slice(8, 11)) : undefined,
    cseqMethod: first("CSeq").split(" ")[1] ?? "",
    all,
    first,
  };
}

/** `tag=…` of a From or To. */
export function tagOf(value: string): string {
  return /;tag=([^;\s]+)/.exec(value)?.[1] ?? "";
}

/** The URI between angle brackets, or the whole value. */
export function uriOf(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? value;
}

export function sipLines(startLine: string, header: readonly string[], body: string): string {
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const type = body === "" ? [] : ["Content-Type: application/sdp"];
  const typed = header.some((line) => /^(content-type|c):/i.test(line)) ? [] : type;
  return [startLine, ...header, ...typed, length, "", body].join("\r\n");
}
