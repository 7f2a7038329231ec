/** One `type=value` line. */
export interface SdpLine {
  /** One letter. */
  readonly type: string;
  readonly value: string;
  /** From 1. */
  readonly number: number;
}

/** What breaks the grammar or a MUST in a session description. */
export interface SdpAnomaly {
  readonly kind: "sdp-line" | "sdp-missing" | "sdp-value" | "limit";
  /** `m`, `o` …: the type of the line concerned. */
  readonly type: string;
  /** From 1; 0 where the line is missing. */
  readonly line: number;
  readonly citation: string;
}

/** More lines are not read. */
export const MOST_SDP_LINES = 2000;

/** Splits the text into its lines; whatever is no `type=value` becomes an anomaly. RFC 8866 §5 */
export function splitSdp(text: string, anomalies: SdpAnomaly[]): SdpLine[] {
  const lines: SdpLine[] = [];
  for (const [index, piece] of text.split("\n", MOST_SDP_LINES + 1).entries()) {
    const line = piece.endsWith("\r") ? piece.slice(0, -1) : piece;
    if (line === "") continue;
    const number = index + 1;
    if (index === MOST_SDP_LINES) anomalies.push({ kind: "limit", type: "", line: number, citation: "RFC 8866 §5" });
    else if (line[1] === "=" && line[0] >= "a" && line[0] <= "z")
      lines.push({ type: line[0], value: line.slice(2), number });
    else anomalies.push({ kind: "sdp-line", type: line[0], line: number, citation: "RFC 8866 §5" });
  }
  return lines;
}
