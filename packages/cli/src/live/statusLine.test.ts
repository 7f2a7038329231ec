import { expect, test } from "vitest";
import { StatusLine } from "./statusLine.ts";

function terminal(isTTY: boolean): {
  stream: { isTTY: boolean; columns: number; write(text: string): void };
  text(): string;
} {
  let text = "";
  return { stream: { isTTY, columns: 20, write: (more) => void (text += more) }, text: () => text };
}

test("what stays is written above the line, which is cut where it would wrap and redrawn only when it changes", () => {
  const { stream, text } = terminal(true);
  const status = new StatusLine(stream, true);
  status.show("calls 1");
  status.show("calls 1");
  status.over(() => stream.write("INVITE\n"));
  status.show("a status of more than twenty columns");
  status.clear();
  expect(text()).toBe("\rcalls 1\x1b[K\r\x1b[KINVITE\n\rcalls 1\x1b[K\ra status of more t…\x1b[K\r\x1b[K");
});

test("wide characters take two columns of the line", () => {
  const { stream, text } = terminal(true);
  new StatusLine(stream, true).show("メッセージ 12 · 終了した呼 3");
  expect(text()).toBe("\rメッセージ 12 · 終…\x1b[K");
});

test("nothing is shown where there is no terminal, or calls go elsewhere", () => {
  for (const [isTTY, isWanted] of [
    [false, true],
    [true, false],
  ]) {
    const { stream, text } = terminal(isTTY);
    const status = new StatusLine(stream, isWanted);
    status.show("calls 1");
    status.over(() => stream.write("INVITE\n"));
    status.clear();
    expect(text()).toBe("INVITE\n");
  }
});
