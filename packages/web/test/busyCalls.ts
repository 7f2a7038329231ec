import { pcapBytes } from "../../../test/hostile/pcapBytes.ts";
import { traffic } from "../../core/src/diagnosis/traffic.fixture.ts";

/** A capture of so many calls, one a second, to which somebody was busy. */
export function busyCalls(count: number): Uint8Array {
  return pcapBytes(Array.from({ length: count }, (_, index) => busyCall(index)).flat());
}

function busyCall(index: number): ReturnType<typeof traffic> {
  return traffic(`
10.0.0.1:5060 > 10.0.0.2:5060 at ${index}
INVITE sip:${index}@example.com SIP/2.0
Call-ID: call-${index}
From: <sip:caller-${index}@example.com>;tag=1

10.0.0.2:5060 > 10.0.0.1:5060 at ${index + 0.2}
SIP/2.0 486 Busy Here
`);
}
