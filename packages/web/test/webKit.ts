import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { BrowserPeer } from "./browser.ts";
import type { Visitor } from "./visitor.ts";

export const webKitPeer: BrowserPeer<Visitor> = { programs: ["WebKitWebDriver", "Xvfb"], open: openWebKit };

/** The name of what stands for an element: WebDriver §12.2. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** WebDriver §17.4.2. */
const keys: Readonly<Record<string, string>> = { Tab: "\uE004", Enter: "\uE007", ArrowDown: "\uE015" };

/** Safari's engine as Debian has it, by WebDriver, on a screen that nobody sees. */
async function openWebKit(): Promise<Visitor> {
  const screen = spawn("Xvfb", ["-displayfd", "1", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "ignore"] });
  const [display] = await once(screen.stdout, "data");
  const port = await freePort();
  const env = { ...process.env, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: "x11" };
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], { env, stdio: "ignore" });
  const session = await newSession(`http://127.0.0.1:${port}`).catch(async (error: unknown) => {
    await Promise.all([ended(driver), ended(screen)]);
    throw error;
  });
  return {
    ...visitorOf(session),
    async close() {
      await fetch(session, { method: "DELETE", signal: AbortSignal.timeout(10_000) }).catch(() => {});
      await Promise.all([ended(driver), ended(screen)]);
    },
  };
}

function visitorOf(session: string): Omit<Visitor, "close"> {
  const element = async (selector: string): Promise<string> => {
    const found = await send<Record<string, string>>(`${session}/element`, { using: "css selector", value: selector });
    return `${session}/element/${found[ELEMENT]}`;
  };
  const type = async (selector: string, text: string): Promise<void> =>
    send(`${await element(selector)}/value`, { text });
  return {
    open: (url) => send(`${session}/url`, { url }),
    ask: (expression) => {
      const script = `Promise.resolve(${expression}).then(arguments[arguments.length - 1])`;
      return send(`${session}/execute/async`, { script, args: [] });
    },
    press: (selector, key) => type(selector, keys[key] ?? key),
    click: async (selector) => send(`${await element(selector)}/click`, {}),
    choose: (selector, files) => type(selector, files.join("\n")),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The address of a session with the driver, once it has started. */
async function newSession(address: string): Promise<string> {
  const isReady = (): Promise<boolean> =>
    fetch(`${address}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let tries = 0; !(await isReady()); tries++) {
    if (tries === 600) throw new Error("WebKitWebDriver does not answer");
    await wait(50);
  }
  const alwaysMatch = { timeouts: { script: 60_000 } };
  const { sessionId } = await send<{ sessionId: string }>(`${address}/session`, { capabilities: { alwaysMatch } });
  return `${address}/session/${sessionId}`;
}

async function send<Value>(url: string, body: unknown): Promise<Value> {
  const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  const { value } = (await answer.json()) as { value: Value & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${url}: ${value.error} ${value.message}`);
  return value;
}

async function ended(child: ChildProcess): Promise<void> {
  const end = once(child, "exit");
  child.kill();
  await end;
}
