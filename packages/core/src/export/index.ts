export { readCallTraffic, type CallTraffic, type CallTrafficOptions, type TracedMessage } from "./callTraffic.ts";
export { pcapOf, type SentMessage, type Side } from "./pcapOf.ts";
export { productsOf } from "./productsOf.ts";
export { redactTraffic } from "./redactTraffic.ts";
