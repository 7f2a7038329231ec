import { nodeTlsCrypto } from "../../../packages/cli/src/nodeTlsCrypto.ts";
import { NetworkDecoder } from "../../../packages/core/src/network/networkDecoder.ts";
import { fixtureFiles } from "../corpus.ts";
import type { FuzzReader } from "../fuzzReader.ts";
import { textMutations } from "../mutate.ts";
import { mutatingReader } from "../mutatingReader.ts";
import { readNetwork, recordReader } from "./captures.ts";

/** SIP over TLS with the keys of all connections: handshakes, records, certificates. */
export function tlsReader(): FuzzReader {
  const logs = fixtureFiles(/tls.*\.keys$/).map((log) => Buffer.from(log).toString("latin1"));
  const options = { tlsCrypto: nodeTlsCrypto, keyLog: logs.join("\n") };
  return recordReader("tls", ".pcap", fixtureFiles(/tls.*\.pcap(ng)?$/), (input) => {
    readNetwork(input, options);
    readNetwork(input, { ...options, areLate: true });
  });
}

/** One key log. */
export function keyLogReader(): FuzzReader {
  return mutatingReader({
    name: "keylog",
    extension: ".keys",
    seeds: fixtureFiles(/tls.*\.keys$/),
    mutations: textMutations,
    allowedMillis: (bytes) => 200 + bytes / 50,
    run(input) {
      const decoder = new NetworkDecoder({ onPacket() {}, onEvent() {}, onIncident() {}, tlsCrypto: nodeTlsCrypto });
      decoder.addKeyLog(Buffer.from(input).toString("utf8"));
      decoder.flush();
    },
  });
}
