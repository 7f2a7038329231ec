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

/** Node's own client of WebSocket. RFC 7118 */
export async function webSocketWire(to: Peer, receive: Receive): Promise<Wire> {
  const socket = new WebSocket(`ws://${to.address}:${to.port}/`, "sip");
  socket.addEventListener("message", ({ data }) => receive(String(data), to));
  await once(socket, "open");
  return { transport: "WS", send: (text) => socket.send(text) };
}
