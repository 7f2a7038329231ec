import hung from "../../../../../fixtures/captures/j2-ack-never-sent.pcap?url&no-inline";
import gateway from "../../../../../fixtures/captures/g-502-q850-38.pcap?url&no-inline";
import password from "../../../../../fixtures/captures/h1-407-wrong-password-loop.pcap?url&no-inline";
import busy from "../../../../../fixtures/captures/i-486.pcap?url&no-inline";
import transfer from "../../../../../fixtures/captures/b-refer-success.pcap?url&no-inline";
import type { Source } from "./protocol.ts";

/** Some calls from the fixtures, for a reader who has no capture at hand. */
const samples: Readonly<Record<string, string>> = {
  "gateway.pcap": gateway,
  "password.pcap": password,
  "hung-up.pcap": hung,
  "busy.pcap": busy,
  "transfer.pcap": transfer,
};

export function sampleSources(): Promise<Source[]> {
  return Promise.all(
    Object.entries(samples).map(async ([name, url]) => ({ name, data: await (await fetch(url)).blob() })),
  );
}
