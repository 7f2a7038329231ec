import { beforeAll, describe, expect, test } from "vitest";
import { analyze } from "../../packages/core/src/index.ts";
import { language } from "../../packages/core/src/language/languages/en.ts";
import { missingPeers } from "../peers.ts";
import { keep } from "./birthCertificate.ts";
import { judge } from "./judge.ts";
import { canMakeNetworks } from "./network.ts";
import { playSituation, sweep } from "./playSituation.ts";
import { situations } from "./situations.ts";

/** Where captures and their birth certificates go: `PEERS_KEEP=DIR npm run test:peers`. */
const keptIn = process.env.PEERS_KEEP;

const advice = missingPeers([
  "ip",
  "tcpdump",
  "kamailio",
  "/usr/lib/*/kamailio/modules/websocket.so",
  "sipp",
  "baresip",
]);
const hindrance = advice ?? (canMakeNetworks() ? undefined : "needs root: it makes network namespaces");

/** The longest situation takes 80 s, and each is played again where an actor did not do its part. */
const longestMilliseconds = 600_000;

beforeAll(sweep);

test("no two situations have the same name", () => {
  const names = situations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

describe.concurrent(
  "what happens between real programs is reported as it was",
  { timeout: longestMilliseconds },
  () => {
    for (const situation of situations) {
      if (hindrance !== undefined && !process.env.CI) {
        test.skip(`${situation.name} (${hindrance})`, () => {});
        continue;
      }
      test(situation.name, async () => {
        if (hindrance !== undefined) throw new Error(hindrance);
        const bytes = await playSituation(situation);
        if (keptIn !== undefined) keep(keptIn, situation, bytes);
        judge(await analyze([{ name: `${situation.name}.pcap`, bytes }], { language }), situation);
      });
    }
  },
);
