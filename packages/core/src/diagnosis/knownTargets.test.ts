import { expect, test } from "vitest";
import type { SipRequest } from "../message/message.ts";
import { KnownTargets, targetName } from "./knownTargets.ts";
import { leg, messages } from "./traffic.fixture.ts";

const request = (uri: string, fields = "", to = "10.0.0.2"): string =>
  `10.0.0.1:5060 > ${to}:5060 at 0\nINVITE ${uri} SIP/2.0\n${fields}`;

test.each([
  ["sip:bob@Example.COM:5070;transport=tcp", "example.com"],
  ["sip:example.com", "example.com"],
  ["sip:a:secret@example.com?Subject=x:y", "example.com"],
  ["sip:bob@10.0.0.9", ""],
  ["sip:bob@[fd00::1]:5060", ""],
])("a request for %s goes to the name '%s'", (uri, name) => {
  expect(targetName(messages(request(uri))[0] as SipRequest)).toBe(name);
});

test("a Route goes before the Request-URI", () => {
  const routed = messages(
    request("sip:bob@example.com", "Route: <sip:edge.example.net;lr>, <sip:core.example.net;lr>"),
  )[0];
  expect(targetName(routed as SipRequest)).toBe("edge.example.net");
});

test("the servers of a name are known by client, each once", () => {
  const targets = new KnownTargets();
  const uri = "sip:bob@example.com";
  for (const to of ["10.0.0.2", "10.0.0.3", "10.0.0.2"]) targets.learn(leg(request(uri, "", to)));
  const [{ packet }] = messages(request(uri));
  expect(targets.serversOf(packet.source, "INVITE", "example.com").map(({ address }) => address)).toEqual([
    "10.0.0.2",
    "10.0.0.3",
  ]);
  expect(targets.serversOf(packet.source, "MESSAGE", "example.com")).toEqual([]);
  expect(targets.serversOf(packet.destination, "INVITE", "example.com")).toEqual([]);
});
