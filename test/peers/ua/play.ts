// Plays one part: node play.ts <script> <JSON of UaPart>. Prints "ready" when messages can reach it.
import { scripts } from "./scripts.ts";
import { Ua } from "./ua.ts";
import { tcpListener, tcpWire, udpWire, webSocketWire, type Wire } from "./wire.ts";
import type { UaPart } from "./uaPart.ts";

const [name, json] = process.argv.slice(2);
const part = JSON.parse(json) as UaPart;
const own = { address: part.address, port: part.port };
const next = { address: part.next, port: part.nextPort };
const ua = new Ua(own, next);
ua.wire = await open();
process.stdout.write("ready\n");
await scripts[name](ua, part.args);
// What was sent last must have left before the sockets close.
setTimeout(() => process.exit(0), 100);

function open(): Promise<Wire> {
  const receive = ua.receive.bind(ua);
  if (part.transport === "tcp-listen") return tcpListener(own, receive);
  if (part.transport === "tcp") return tcpWire(own, next, receive);
  if (part.transport === "ws") return webSocketWire(next, receive);
  return udpWire(own, receive);
}
