import { expect, test } from "vitest";
import { otherTransport } from "./ackTransport.ts";

test("a Contact that names an address and no transport asks for UDP", () => {
  expect(otherTransport("sip:bob@192.0.2.1", "tcp")).toBe("UDP");
  expect(otherTransport("sip:bob@pbx.example.org:5060", "tcp")).toBe("UDP");
  expect(otherTransport("sip:bob@192.0.2.1", "udp")).toBe("none");
});

test("the transport that it names is asked for", () => {
  expect(otherTransport("sip:bob@192.0.2.1;transport=TCP", "udp")).toBe("TCP");
  expect(otherTransport("sip:bob@192.0.2.1;transport=tcp", "tcp")).toBe("none");
  expect(otherTransport("sip:bob@192.0.2.1;transport=ws", "ws")).toBe("none");
});

test("of a name alone DNS tells it, and of TLS nothing is said", () => {
  expect(otherTransport("sip:bob@pbx.example.org", "tcp")).toBe("none");
  expect(otherTransport("sips:bob@192.0.2.1", "tcp")).toBe("none");
  expect(otherTransport("sip:bob@192.0.2.1", "tls")).toBe("none");
  expect(otherTransport("", "tcp")).toBe("none");
});
