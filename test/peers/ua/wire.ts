import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Carries the text of messages. */
export interface Wire {
  readonly transport: "UDP" | "TCP" | "WS";
  send(text: string, to: Peer): void;
}

export interface Peer {
  readonly address: string;
  readonly port: number;
}

type Receive = (text: string, from: Peer) => void;

export async function udpWire(own: Peer, receive: Receive): Promise<Wire> {
  const socket = createSocket(own.address.includes(":") ? "udp6" : "udp4");
  socket.on("message", (data, from) => receive(data.toString(), from));
  socket.on("error", () => {});
  socket.bind(own.port, own.address);
  await once(socket, "listening");
  return { transport: "UDP", send: (text, to) => socket.send(text, to.port, to.address) };
}

/** Listens, and answers on the connection that the last message came on. */
export async function tcpListener(own: Peer, receive: Receive): Promise<Wire> {
  let latest: Socket | undefined;
  const server = createServer((socket) => {
    latest = socket;
    readMessages(socket, (text) => receive(text, own));
  });
  server.listen(own.port, own.address);
  await once(server, "listening");
  return { transport: "TCP", send: (text) => void latest?.write(text) };
}

export async function tcpWire(own: Peer, to: Peer, receive: Receive): Promise<Wire> {
  const socket = connect({ host: to.address, port: to.port, localAddress: own.address });
  await once(socket, "connect");
  readMessages(socket, (text) => receive(text, to));
  return { transport: "TCP", send: (text) => void socket.write(text) };
}

function readMessages(socket: Socket, receive: (text: string) => void): void {
  let text = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    text += String(chunk);
    for (let end = endOfMessage(text); end > 0; end = endOfMessage(text)) {
      receive(text.slice(0, end));
      text = text.slice(end);
    }
  });
}

function endOfMessage(text: string): number {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return 0;
  const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? head + 4 + length : 0;
}

/** A client of RFC 7118: each message is one masked text frame. */
export async function webSocketWire(own: Peer, to: Peer, receive: Receive): Promise<Wire> {
  const socket = connect({ host: to.address, port: to.port, localAddress: own.address });
  await once(socket, "connect");
  socket.write(handshake(to));
  const [answer] = (await once(socket, "data")) as [Buffer];
  if (!answer.toString().startsWith("HTTP/1.1 101")) throw new Error(answer.toString());
  let bytes = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let frame = readFrame(bytes); frame; frame = readFrame(bytes)) {
      if (frame.opcode === 1) receive(frame.text, to);
      bytes = bytes.subarray(frame.size);
    }
  });
  return { transport: "WS", send: (text) => void socket.write(maskedFrame(text)) };
}

function handshake({ address, port }: Peer): string {
  const upgrade = [
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Protocol: sip",
    "Sec-WebSocket-Version: 13",
  ];
  const key = `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`;
  return ["GET / HTTP/1.1", `Host: ${address}:${port}`, ...upgrade, key, "", ""].join("\r\n");
}

function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const length =
    payload.length < 126 ? [payload.length | 0x80] : [126 | 0x80, payload.length >> 8, payload.length & 0xff];
  const masked = payload.map((byte, index) => byte ^ mask[index % 4]);
  return Buffer.concat([Buffer.from([0x81, ...length]), mask, masked]);
}

function readFrame(
  bytes: Buffer,
): { readonly opcode: number; readonly text: string; readonly size: number } | undefined {
  if (bytes.length < 4) return undefined;
  const short = bytes[1] & 0x7f;
  const [start, length] = short === 126 ? [4, bytes.readUInt16BE(2)] : [2, short];
  if (bytes.length < start + length) return undefined;
  const size = start + length;
  return { opcode: bytes[0] & 0x0f, text: bytes.toString("utf8", start, size), size };
}
