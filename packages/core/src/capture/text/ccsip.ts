import { logTimeAt } from "./startLine.ts";
import type { TraceFormat } from "./traceFormat.ts";

/**
 * Cisco IOS and CUBE, `debug ccsip messages`: `*Nov 22 07:04:06.383: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:`, a line `Received:` or
 * `Sent:`, the message. No addresses. Cisco IOS SIP configuration guide, debug output.
 */
export const ccsip: TraceFormat = {
  name: "cisco-ccsip",
  marker(line, continues) {
    if (line.includes("/SIP/Msg/ccsipDisplayMsg")) {
      const time = logTimeAt(line);
      const direction = directionOf(
        line
          .slice(line.lastIndexOf("ccsipDisplayMsg") + 15)
          .replace(":", "")
          .trim(),
      );
      return { begins: true, head: { time, ...direction } };
    }
    const direction = continues ? directionOf(line.trim()) : undefined;
    return direction && { head: direction };
  },
};

function directionOf(text: string): { readonly direction: "sent" | "received" } | undefined {
  if (text === "Sent:" || text === "Sent") return { direction: "sent" };
  return text === "Received:" || text === "Received" ? { direction: "received" } : undefined;
}
