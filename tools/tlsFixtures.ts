import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type TLSSocket } from "node:tls";
import { workspaceRoot } from "./content/paths.ts";

// `node tools/tlsFixtures.ts` (Linux, root): captures of SIP over TLS between real programs with their key logs, into fixtures/tls.
// Its README says what each is. What has to be equal whenever they are made anew is in test/tls.test.ts.

const folder = join(workspaceRoot, "fixtures", "tls");
const work = mkdtempSync(join(tmpdir(), "tls-fixtures-"));
const port = 5061;
/** Where tshark expects HTTP inside TLS. */
const webSocketPort = 443;
/** For SIP without TLS. */
const clearPort = 5060;
const serverName = "sip.example.test";

/** A network of its own, so that nothing else is in the captures. */
if (process.argv[2] !== "inside") {
  const again = [
    "-n",
    "sh",
    "-c",
    'ip link set lo up && exec "$0" "$1" inside',
    process.execPath,
    import.meta.filename,
  ];
  process.exitCode = spawnSync("unshare", again, { stdio: "inherit" }).status ?? 1;
} else {
  certificate();
  for (const [name, arguments_] of Object.entries(suites())) await betweenOpenssl(name, arguments_, plainTalk);
  await betweenOpenssl("tls13-key-update", ["-tls1_3"], keyUpdates, []);
  await betweenOpenssl("tls12-renegotiation", ["-tls1_2"], renegotiation, []);
  await betweenOpenssl("failed-not-sip", ["-tls1_3"], otherSpeech);
  await resumedOpenssl("tls12-ticket", ["-tls1_2"]);
  await resumedOpenssl("tls12-session-id", ["-tls1_2", "-no_ticket"], ["-no_ticket"]);
  await resumedOpenssl("tls13-psk", ["-tls1_3"]);
  await withKamailio();
  await inWebSocket();
  await failedHandshakes();
  const secrets = `tls,${join(folder, "tls13-psk.keys")}`;
  execFileSync("editcap", [
    "--inject-secrets",
    secrets,
    join(folder, "tls13-psk.pcap"),
    join(folder, "with-secrets.pcapng"),
  ]);
  rmSync(work, { recursive: true });
}

function suites(): Record<string, string[]> {
  const tls13 = { "aes-128-gcm": "AES_128_GCM_SHA256", "aes-256-gcm": "AES_256_GCM_SHA384" };
  const tls12 = {
    "aes-128-gcm": "ECDHE-RSA-AES128-GCM-SHA256",
    "aes-256-gcm": "ECDHE-RSA-AES256-GCM-SHA384",
    chacha20: "ECDHE-RSA-CHACHA20-POLY1305",
    "cbc-sha": "AES128-SHA",
    "cbc-sha256": "AES256-SHA256",
    "cbc-sha384": "ECDHE-RSA-AES256-SHA384",
    ccm: "AES128-CCM",
  };
  const old = ["-cipher", "AES256-SHA:@SECLEVEL=0"];
  return {
    ...Object.fromEntries(
      Object.entries({ ...tls13, chacha20: "CHACHA20_POLY1305_SHA256" }).map(([name, suite]) => [
        `tls13-${name}`,
        ["-tls1_3", "-ciphersuites", `TLS_${suite}`],
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(tls12).map(([name, suite]) => [`tls12-${name}`, ["-tls1_2", "-cipher", suite]]),
    ),
    "tls12-cbc-mac-first": ["-tls1_2", "-cipher", "AES128-SHA"],
    "tls11-cbc": ["-tls1_1", ...old],
    "tls10-cbc": ["-tls1", ...old],
  };
}

function certificate(): void {
  const subject = ["-subj", `/CN=${serverName}`, "-addext", `subjectAltName=DNS:${serverName},URI:sip:example.test`];
  const days = ["-days", "3650", "-keyout", join(work, "key.pem"), "-out", join(work, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...days, ...subject], { stdio: "ignore" });
}

/** Each writes what is then one record, or as many as it takes, and waits until it has arrived. */
interface Talk {
  client(text: string): Promise<void>;
  server(text: string): Promise<void>;
  /** A letter with which s_client does something of its own. */
  command(letter: string): Promise<void>;
}

/** One message a record, several a record, one over several records. */
async function plainTalk({ client, server }: Talk): Promise<void> {
  await client(request("OPTIONS", 1));
  await server(response("200 OK", 1, "OPTIONS"));
  await client(`${request("MESSAGE", 2, "hello\r\n")}${request("OPTIONS", 3)}`);
  await server(response("486 Busy Here", 2, "MESSAGE") + response("200 OK", 3, "OPTIONS"));
}

/** What answers inside TLS speaks HTTP. */
async function otherSpeech({ client, server }: Talk): Promise<void> {
  await client(request("OPTIONS", 1));
  await server("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

async function keyUpdates(talk: Talk): Promise<void> {
  await plainTalk(talk);
  await talk.command("K");
  await talk.client(request("MESSAGE", 4, "x".repeat(20_000)));
  await talk.server(response("200 OK", 4, "MESSAGE"));
  await talk.command("k");
  await talk.client(request("OPTIONS", 5));
  await talk.server(response("404 Not Found", 5, "OPTIONS"));
}

async function renegotiation(talk: Talk): Promise<void> {
  await plainTalk(talk);
  await talk.command("R");
  await talk.client(request("OPTIONS", 4));
  await talk.server(response("404 Not Found", 4, "OPTIONS"));
}

async function betweenOpenssl(
  name: string,
  version: readonly string[],
  talk: (sides: Talk) => Promise<void>,
  clientArguments: readonly string[] = ["-quiet"],
): Promise<void> {
  await captured(name, async () => {
    const server = await startServer(name, version);
    await talkOnce(server, talk, [...version, ...clientArguments, ...keylog(name)]);
    await stopped(server);
  });
}

/** A connection, then another that resumes its session. */
async function resumedOpenssl(
  name: string,
  version: readonly string[],
  serverArguments: readonly string[] = [],
): Promise<void> {
  const session = join(work, `${name}.session`);
  await captured(name, async () => {
    const server = await startServer(name, [...version, ...serverArguments]);
    const common = [...version, "-quiet", ...keylog(name)];
    await talkOnce(server, plainTalk, [...common, "-sess_out", session]);
    await talkOnce(server, plainTalk, [...common, "-sess_in", session]);
    await stopped(server);
  });
}

async function startServer(name: string, version: readonly string[]): Promise<ChildProcess> {
  const extra = name.endsWith("mac-first")
    ? ["-no_etm"]
    : name.endsWith("renegotiation")
      ? ["-client_renegotiation"]
      : [];
  const accept = ["s_server", "-accept", `127.0.0.1:${port}`, ...ownFiles(), "-quiet", ...version, ...extra];
  const server = spawn("openssl", accept, { stdio: ["pipe", "pipe", "ignore"] });
  await listening();
  return server;
}

function ownFiles(): string[] {
  return ["-key", join(work, "key.pem"), "-cert", join(work, "cert.pem")];
}

async function startedKamailio(configuration: string, awaitedPort?: number): Promise<ChildProcess> {
  const options = ["-DD", "-E", "-f", configuration, "-Y", work, "-P", join(work, "pid")];
  const kamailio = spawn("kamailio", options, { stdio: "ignore" });
  await listening(awaitedPort);
  await sleep(500);
  return kamailio;
}

/** Asked of the kernel: a connection that only tries would be in the capture. */
async function listening(awaitedPort: number = port): Promise<void> {
  const hex = awaitedPort.toString(16).toUpperCase().padStart(4, "0");
  const isListening = (): boolean => readFileSync("/proc/net/tcp", "utf8").includes(`:${hex} 00000000:0000 0A`);
  for (let i = 0; i < 100 && !isListening(); i++) await sleep(100);
}

async function talkOnce(server: ChildProcess, talk: (sides: Talk) => Promise<void>, more: string[]): Promise<void> {
  const connectTo = ["s_client", "-connect", `127.0.0.1:${port}`, "-servername", serverName, ...more];
  const client = spawn("openssl", connectTo, { stdio: ["pipe", "pipe", "ignore"] });
  await talk({
    client: (text) => pass(text, client, server),
    server: (text) => pass(text, server, client),
    command: async (letter) => {
      client.stdin.write(`${letter}\n`);
      await sleep(500);
    },
  });
  await sleep(300);
  await stopped(client);
}

async function pass(text: string, from: ChildProcess, to: ChildProcess): Promise<void> {
  let arrived = "";
  const isComplete = (): boolean => arrived.includes(text);
  const listen = (bytes: Buffer): void => void (arrived += bytes.toString());
  to.stdout!.on("data", listen);
  from.stdin!.write(text);
  for (let i = 0; i < 100 && !isComplete(); i++) await sleep(50);
  to.stdout!.off("data", listen);
  if (!isComplete()) throw new Error(`did not arrive: ${text.slice(0, 40)}`);
}

function keylog(name: string): string[] {
  return ["-keylogfile", join(folder, `${name}.keys`)];
}

/** Clients that do not accept the certificate, and a server that misses one. */
async function failedHandshakes(): Promise<void> {
  const trusting = ["-CAfile", join(work, "cert.pem"), "-verify_return_error"];
  const distrusting = ["-verify_return_error"];
  expiredCertificate();
  const expired = ["-key", join(work, "expired-key.pem"), "-cert", join(work, "expired.pem")];
  await failed("failed-expired", ["-tls1_2"], expired, ["-CAfile", join(work, "expired.pem"), "-verify_return_error"]);
  await failed(
    "failed-name",
    ["-tls1_2"],
    ownFiles(),
    [...trusting, "-verify_hostname", "pbx.example.net"],
    "pbx.example.net",
  );
  await failed("failed-unknown-ca", ["-tls1_3"], ownFiles(), distrusting);
  await failed("failed-client-certificate", ["-tls1_3"], [...ownFiles(), "-Verify", "1"], trusting);
  await failed("failed-client-certificate-tls12", ["-tls1_2"], [...ownFiles(), "-Verify", "1"], trusting);
  const strict = ["-Verify", "1", "-verify_return_error", "-CAfile", join(work, "cert.pem")];
  issuedCertificate();
  const issued = ["-key", join(work, "issued-key.pem"), "-cert", join(work, "issued.pem")];
  await failed("failed-client-refused", ["-tls1_3"], [...ownFiles(), ...strict], [...trusting, ...issued]);
  await failed("failed-chain", ["-tls1_2"], issued, distrusting);
  await notTls();
  await inTheClear();
}

/** An HTTP server answers a ClientHello as it answers anything that is no request; Kamailio on a port without TLS says nothing. */
async function notTls(): Promise<void> {
  await captured("failed-not-tls", async () => {
    const server = createServer().listen(port, "127.0.0.1");
    await once(server, "listening");
    await clientHello(port, 1000);
    server.close();
  });
  const configuration = join(work, "clear.cfg");
  writeFileSync(configuration, kamailioConfiguration(clearPort).replaceAll("tls:127", "tcp:127"));
  await captured(
    "failed-clear-port",
    async () => {
      const kamailio = await startedKamailio(configuration, clearPort);
      await clientHello(clearPort, 4000);
      await stopped(kamailio);
    },
    clearPort,
  );
}

async function clientHello(toPort: number, waitMillis: number): Promise<void> {
  const connectTo = ["s_client", "-connect", `127.0.0.1:${toPort}`, "-servername", serverName];
  const client = spawn("openssl", connectTo, { stdio: ["pipe", "ignore", "ignore"] });
  await sleep(waitMillis);
  await stopped(client);
}

/** SIP without TLS to a port for TLS: OpenSSL closes the connection, GnuTLS sends an alert before. */
async function inTheClear(): Promise<void> {
  const servers = {
    "failed-clear-to-openssl": ["openssl", "s_server", "-accept", `127.0.0.1:${port}`, "-quiet", ...ownFiles()],
    "failed-clear-to-gnutls": [
      "gnutls-serv",
      "--port",
      `${port}`,
      "--x509keyfile",
      join(work, "key.pem"),
      "--x509certfile",
    ],
  };
  for (const [name, [program, ...arguments_]] of Object.entries(servers)) {
    await captured(name, async () => {
      const more = program === "gnutls-serv" ? [join(work, "cert.pem")] : [];
      const server = spawn(program, [...arguments_, ...more], { stdio: ["pipe", "ignore", "ignore"] });
      await listening();
      const socket = createConnection({ host: "127.0.0.1", port });
      socket.on("error", () => {});
      socket.resume();
      socket.write(request("OPTIONS", 1).replaceAll("sips:", "sip:").replace("/TLS", "/TCP"));
      await sleep(1000);
      socket.destroy();
      await stopped(server);
    });
  }
}

/** Of a CA that is no root: it tells where the certificate of its issuer can be had. */
function issuedCertificate(): void {
  const silent = { stdio: "ignore" } as const;
  const authority = ["-keyout", join(work, "ca-key.pem"), "-out", join(work, "ca.pem"), "-subj"];
  const subject = "/O=Example/CN=Example Issuing CA";
  execFileSync(
    "openssl",
    ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", ...authority, subject],
    silent,
  );
  const outputs = ["-keyout", join(work, "issued-key.pem"), "-out", join(work, "issued.csr")];
  execFileSync(
    "openssl",
    ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${serverName}`, ...outputs],
    silent,
  );
  const extensions = `subjectAltName=DNS:${serverName}\nauthorityInfoAccess=caIssuers;URI:http://ca.example.test/issuing.cer`;
  writeFileSync(join(work, "issued"), extensions);
  const signedBy = ["-CA", join(work, "ca.pem"), "-CAkey", join(work, "ca-key.pem"), "-CAcreateserial"];
  const made = ["-days", "3650", "-extfile", join(work, "issued"), "-out", join(work, "issued.pem")];
  execFileSync("openssl", ["x509", "-req", "-in", join(work, "issued.csr"), ...signedBy, ...made], silent);
}

/** Its validity ended the day before. */
function expiredCertificate(): void {
  const outputs = ["-keyout", join(work, "expired-key.pem"), "-out", join(work, "expired.csr")];
  const silent = { stdio: "ignore" } as const;
  execFileSync(
    "openssl",
    ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${serverName}`, ...outputs],
    silent,
  );
  writeFileSync(join(work, "names"), `subjectAltName=DNS:${serverName}`);
  const made = [
    "-signkey",
    join(work, "expired-key.pem"),
    "-extfile",
    join(work, "names"),
    "-out",
    join(work, "expired.pem"),
  ];
  execFileSync("openssl", ["x509", "-req", "-in", join(work, "expired.csr"), "-days", "-1", ...made], silent);
}

async function failed(
  name: string,
  version: readonly string[],
  serverFiles: readonly string[],
  clientArguments: readonly string[],
  asked: string = serverName,
): Promise<void> {
  await captured(name, async () => {
    const accept = ["s_server", "-accept", `127.0.0.1:${port}`, "-quiet", ...version, ...serverFiles];
    const server = spawn("openssl", accept, { stdio: ["pipe", "ignore", "ignore"] });
    await listening();
    const connectTo = ["s_client", "-connect", `127.0.0.1:${port}`, "-servername", asked, ...version];
    const client = spawn("openssl", [...connectTo, ...clientArguments, ...keylog(name)], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    if (client.exitCode === null) await once(client, "exit");
    await stopped(server);
  });
}

/** Kamailio answers a client on Node that resumes its session, in both versions. */
async function withKamailio(): Promise<void> {
  const configuration = join(work, "kamailio.cfg");
  writeFileSync(configuration, kamailioConfiguration(port));
  for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
    const name = `kamailio-node-${version.toLowerCase().replaceAll(/[v.]/gu, "")}`;
    await captured(name, async () => {
      const kamailio = await startedKamailio(configuration);
      const lines: string[] = [];
      let session: Buffer | undefined;
      for (const first of [1, 10]) session = await nodeTalk(version, first, session, lines);
      writeFileSync(join(folder, `${name}.keys`), lines.join(""));
      await stopped(kamailio);
    });
  }
}

/** Node.js speaks SIP in WebSocket over TLS to Kamailio. RFC 7118 */
async function inWebSocket(): Promise<void> {
  const name = "kamailio-node-wss";
  const [configuration, client] = [join(work, "wss.cfg"), join(work, "client.mjs")];
  writeFileSync(configuration, webSocketConfiguration());
  writeFileSync(client, webSocketClient());
  await captured(
    name,
    async () => {
      const kamailio = await startedKamailio(configuration, webSocketPort);
      const keys = join(folder, `${name}.keys`);
      const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
      execFileSync(process.execPath, [`--tls-keylog=${keys}`, client], { stdio: "ignore", env });
      await stopped(kamailio);
    },
    webSocketPort,
  );
}

function webSocketClient(): string {
  const viaOf = (text: string): string => text.replace("SIP/2.0/TLS 127.0.0.1:5070", "SIP/2.0/WSS client.invalid");
  const messages = [request("REGISTER", 1), request("MESSAGE", 2, "z".repeat(5000)), request("OPTIONS", 3)].map(viaOf);
  return `
const socket = new WebSocket("wss://127.0.0.1:${webSocketPort}/", "sip");
const messages = ${JSON.stringify(messages)};
const send = () => (messages.length > 0 ? socket.send(messages.shift()) : socket.close());
socket.onopen = send;
socket.onmessage = send;
`;
}

function webSocketConfiguration(): string {
  return kamailioConfiguration(webSocketPort)
    .replace(
      'loadmodule "sl.so"',
      'loadmodule "sl.so"\nloadmodule "xhttp.so"\nloadmodule "websocket.so"\ntcp_accept_no_cl=yes',
    )
    .concat("event_route[xhttp:request] { ws_handle_handshake(); }\n");
}

async function nodeTalk(
  version: "TLSv1.2" | "TLSv1.3",
  first: number,
  session: Buffer | undefined,
  lines: string[],
): Promise<Buffer | undefined> {
  const versions = { minVersion: version, maxVersion: version };
  const socket: TLSSocket = connect({ host: "127.0.0.1", port, session, rejectUnauthorized: false, ...versions });
  let later: Buffer | undefined;
  socket.on("keylog", (line: Buffer) => lines.push(line.toString()));
  socket.on("session", (given: Buffer) => (later = given));
  socket.resume();
  await once(socket, "secureConnect");
  socket.write(request("REGISTER", first));
  await sleep(200);
  const long = request("MESSAGE", first + 1, "y".repeat(3000));
  socket.write(long.slice(0, 1000));
  await sleep(100);
  socket.write(long.slice(1000) + request("OPTIONS", first + 2));
  await sleep(300);
  if (socket.isSessionReused() !== (session !== undefined)) throw new Error("the session was not resumed as planned");
  socket.end();
  await sleep(200);
  return later;
}

function kamailioConfiguration(listenPort: number): string {
  return `
children=1
tcp_children=1
enable_tls=yes
listen=tls:127.0.0.1:${listenPort}
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
loadmodule "tls.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "textops.so"
loadmodule "siputils.so"
modparam("tls", "private_key", "${work}/key.pem")
modparam("tls", "certificate", "${work}/cert.pem")
modparam("tls", "tls_method", "TLSv1.2+")
request_route {
  if (is_method("MESSAGE")) { sl_send_reply("603", "Decline"); exit; }
  sl_send_reply("200", "OK");
}
`;
}

async function captured(name: string, play: () => Promise<void>, watchedPort: number = port): Promise<void> {
  const file = join(folder, `${name}.pcap`);
  for (const old of [file, join(folder, `${name}.keys`)]) rmSync(old, { force: true });
  const tcpdump = spawn("tcpdump", ["-i", "lo", "-U", "--immediate-mode", "-w", file, `tcp port ${watchedPort}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  await once(tcpdump.stderr, "data");
  await sleep(300);
  await play();
  await sleep(1000);
  await stopped(tcpdump);
  console.log(name);
}

async function stopped(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  child.kill();
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

function request(method: string, sequence: number, body = ""): string {
  return message(`${method} sips:bob@example.test SIP/2.0`, sequence, method, body);
}

function response(status: string, sequence: number, method: string): string {
  return message(`SIP/2.0 ${status}`, sequence, method, "");
}

function message(startLine: string, sequence: number, method: string, body: string): string {
  return [
    startLine,
    `Via: SIP/2.0/TLS 127.0.0.1:5070;branch=z9hG4bK${method}${sequence}`,
    "Max-Forwards: 70",
    "From: <sips:alice@example.test>;tag=a1",
    "To: <sips:bob@example.test>",
    `Call-ID: ${method.toLowerCase()}-${sequence}@example.test`,
    `CSeq: ${sequence} ${method}`,
    ...(body === "" ? [] : ["Content-Type: text/plain"]),
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}
