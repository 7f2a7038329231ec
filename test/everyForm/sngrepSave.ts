import { spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const patienceMillis = 60_000;

/** Opens `call.pcap` in sngrep on a terminal and saves it as text: `call.txt`. */
export async function saveAsText(folder: string): Promise<void> {
  const command = "echo $$ > sngrep.pid; stty rows 40 cols 120; exec sngrep -F -I call.pcap";
  const child = spawn("script", ["-qfc", command, "/dev/null"], {
    cwd: folder,
    env: { ...process.env, TERM: "xterm" },
  });
  let screen = "";
  child.stdout.on("data", (chunk) => (screen += String(chunk)));
  const shows = async (words: string): Promise<void> => {
    for (const until = Date.now() + patienceMillis; Date.now() < until; await pause(50)) {
      if (screen.includes(words)) return;
    }
    throw new Error(`sngrep never showed ${words}`);
  };
  try {
    await shows("INVITE");
    child.stdin.write("s");
    await shows("Save capture");
    // The name, then over the dialogs to the third format, chosen with a blank, and on to the button.
    for (const key of ["c", "a", "l", "l", "\t", "\t", "\t", "\t", "\t", " ", "\t", "\r"]) {
      child.stdin.write(key);
      await pause(150);
    }
    for (const until = Date.now() + patienceMillis; !existsSync(join(folder, "call.txt")); await pause(50)) {
      if (Date.now() > until) throw new Error("sngrep saved nothing");
    }
    await pause(300);
  } finally {
    // On a terminal that is gone sngrep would run on for ever, and it has a session of its own.
    endSngrep(folder);
    child.kill("SIGKILL");
  }
}

function endSngrep(folder: string): void {
  const pidFile = join(folder, "sngrep.pid");
  if (existsSync(pidFile)) spawnSync("kill", ["-KILL", readFileSync(pidFile, "utf8").trim()]);
}

/** What sngrep sends to a HOMER server for `call.pcap`: HEP packets, one behind the other. */
export async function sendAsHep(folder: string, messages: number): Promise<Uint8Array> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const packets: Uint8Array[] = [];
  socket.on("message", (packet) => packets.push(packet));
  const to = `udp:127.0.0.1:${socket.address().port}`;
  const child = spawn("sngrep", ["-F", "-N", "-q", "-I", "call.pcap", "-H", to], { cwd: folder, stdio: "ignore" });
  try {
    for (const until = Date.now() + patienceMillis; packets.length < messages; await pause(50)) {
      if (Date.now() > until) throw new Error(`sngrep sent ${packets.length} of ${messages} messages`);
    }
  } finally {
    child.kill("SIGKILL");
    socket.close();
  }
  return Buffer.concat(packets);
}
