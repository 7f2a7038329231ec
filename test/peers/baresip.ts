import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bound, until, watch, type Actor } from "./actor.ts";
import { hosts, type Host } from "./network.ts";

export interface BaresipOptions {
  readonly host: Host;
  readonly user: string;
  readonly password?: string;
  /** Registers at the edge proxy; otherwise it only waits for calls. */
  readonly registers?: boolean;
  readonly answers?: "auto" | "manual";
  /** Ends by itself after this time, and takes its registration back. */
  readonly seconds?: number;
  readonly commands?: readonly string[];
  /** Sends a tone. */
  readonly sounds?: boolean;
  /** The one codec that it offers: `PCMU/8000/1`. */
  readonly codec?: string;
  /** Ends a call in which so long no RTP has come. */
  readonly silenceSeconds?: number;
  readonly leads?: boolean;
}

/** A softphone with its own folder of settings. */
export function baresip(options: BaresipOptions): Actor {
  const { host, user, registers = false, seconds, commands = [], leads = false } = options;
  const title = `baresip at ${host}`;
  return {
    title,
    leads,
    async start(network, folder) {
      const home = join(folder, `baresip-${host}`);
      mkdirSync(home, { recursive: true });
      const tone = join(home, "tone.wav");
      writeFileSync(tone, toneFile(60));
      writeFileSync(join(home, "config"), settings(options, tone));
      writeFileSync(join(home, "accounts"), account(options));
      writeFileSync(join(home, "contacts"), "");
      const limit = seconds === undefined ? [] : ["-t", String(seconds)];
      const orders = commands.flatMap((command) => ["-e", command]);
      const child = network.start(host, "baresip", ["-4", "-f", home, ...limit, ...orders], {
        stdio: ["pipe", "pipe", "pipe"],
      });
      const { ended, output } = watch(child, title);
      await bound(child, "udp", 5060);
      if (registers && !leads) await registered(output, user);
      return { ended };
    },
  };
}

async function registered(output: () => string, user: string): Promise<void> {
  await until(() => output().includes("200 OK"), `baresip registers ${user}`);
}

function settings({ host, sounds = false, silenceSeconds = 0 }: BaresipOptions, tone: string): string {
  const modules = ["g711.so", "aubridge.so", "aufile.so"].map((name) => `module ${name}`);
  const apps = ["account.so", "menu.so"].map((name) => `module_app ${name}`);
  return `${[
    `sip_listen 10.9.0.${hosts[host]}:5060`,
    `audio_source ${sounds ? `aufile,${tone}` : "aubridge,nowhere"}`,
    "audio_player aubridge,nowhere",
    "audio_alert aubridge,nowhere",
    "rtp_ports 40000-40100",
    `rtp_timeout ${silenceSeconds}`,
    "module_path /usr/lib/baresip/modules",
    ...modules,
    ...apps,
  ].join("\n")}\n`;
}

function account({ user, password = "s3cret", registers = false, answers = "auto", codec }: BaresipOptions): string {
  const interval = registers ? 60 : 0;
  const proxy = registers ? ';outbound="sip:10.9.0.20"' : "";
  const codecs = codec === undefined ? "" : `;audio_codecs=${codec}`;
  return `<sip:${user}@sip.example.test>;auth_pass=${password};answermode=${answers};regint=${interval}${proxy}${codecs}\n`;
}

/** 400 Hz, as PCM of 8,000 samples a second in a WAV file. */
function toneFile(seconds: number): Buffer {
  const rate = 8000;
  const file = Buffer.alloc(44 + seconds * rate * 2);
  file.write("RIFF\0\0\0\0WAVEfmt ", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(file.length - 44, 40);
  for (let i = 0; i < seconds * rate; i++) {
    file.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 400 * i) / rate)), 44 + i * 2);
  }
  return file;
}
