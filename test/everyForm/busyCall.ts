import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Generous: a busy machine must not fail a test, only a program that never starts. */
const patienceMillis = 60_000;

/** Another program may take a port between its choice and its use. */
const mostAttempts = 5;

/** SIPp calls SIPp on the loopback interface, it rings, it is busy. Leaves `call.pcap` by tcpdump and `uac.log` by SIPp in the folder. */
export async function makeBusyCall(folder: string): Promise<void> {
  writeFileSync(join(folder, "uac.xml"), scenario(uac));
  writeFileSync(join(folder, "uas.xml"), scenario(uas));
  for (let attempt = 0; attempt < mostAttempts; attempt++) if (await isBusyCallMade(folder)) return;
  throw new Error(`${mostAttempts} calls of SIPp failed`);
}

async function isBusyCallMade(folder: string): Promise<boolean> {
  const [caller, callee] = [await freePort(), await freePort()];
  const filter = `udp and (port ${caller} or port ${callee})`;
  const tcpdump = spawn("tcpdump", ["-i", "lo", "-U", "-w", "call.pcap", filter], { cwd: folder });
  const captured = once(tcpdump, "exit");
  await said(tcpdump, "listening on");
  const sipp = async (scenarioFile: string, port: number, ...more: string[]): Promise<unknown> => {
    const args = ["-sf", scenarioFile, "-p", String(port), ...common, ...more];
    const [exitCode] = await once(spawn("sipp", args, { cwd: folder, stdio: "ignore" }), "exit");
    return exitCode;
  };
  const served = sipp("uas.xml", callee);
  await bound(callee);
  const called = sipp("uac.xml", caller, "-trace_msg", "-message_file", "uac.log", `127.0.0.1:${callee}`);
  const exitCodes = await Promise.all([called, served]);
  // What the kernel has buffered comes before the program ends.
  await pause(500);
  tcpdump.kill("SIGINT");
  await captured;
  return exitCodes.every((exitCode) => exitCode === 0);
}

const common = "-i 127.0.0.1 -m 1 -nostdin -skip_rlimit -recv_timeout 30000 -timeout 60 -timeout_error".split(" ");

async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Reads on to the end: a program whose standard error is closed may end by it. */
function said(child: ChildProcess, words: string): Promise<void> {
  let text = "";
  return new Promise((resolve, reject) => {
    child.stderr!.on("data", (chunk) => {
      text += String(chunk);
      if (text.includes(words)) resolve();
    });
    child.once("exit", () => reject(new Error(`${child.spawnfile} ended: ${text}`)));
  });
}

async function bound(port: number): Promise<void> {
  const entry = `:${port.toString(16).toUpperCase().padStart(4, "0")} `;
  for (const until = Date.now() + patienceMillis; Date.now() < until; await pause(50)) {
    if (readFileSync("/proc/net/udp", "utf8").includes(entry)) return;
  }
  throw new Error(`nobody listens on port ${port}`);
}

function scenario(steps: string): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<scenario name="busy">${steps}</scenario>\n`;
}

const uac = `
<send><![CDATA[

INVITE sip:1002@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
Max-Forwards: 70
From: "Alice" <sip:1001@sip.example.test>;tag=[pid]a[call_number]
To: <sip:1002@sip.example.test>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:1001@[local_ip]:[local_port]>
User-Agent: LabPhone/2.4 (alice)
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 3932821 3932821 IN IP4 [local_ip]
s=call
c=IN IP4 [local_ip]
t=0 0
m=audio 6000 RTP/AVP 8 0 101
a=rtpmap:101 telephone-event/8000
a=sendrecv
]]></send>
<recv response="180"/>
<recv response="486"/>
<send><![CDATA[

ACK sip:1002@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch-3]
Max-Forwards: 70
From: "Alice" <sip:1001@sip.example.test>;tag=[pid]a[call_number]
To: <sip:1002@sip.example.test>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Content-Length: 0

]]></send>
<pause milliseconds="500"/>
`;

const answer = (line: string): string => `<send><![CDATA[

SIP/2.0 ${line}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]b[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:1002@[local_ip]:[local_port]>
Server: LabGW/7.1 (bob)
Content-Length: 0

]]></send>`;

const uas = `<recv request="INVITE"/>${answer("180 Ringing")}<pause milliseconds="1200"/>${answer("486 Busy Here")}<recv request="ACK"/>`;
