import { networkLimits } from "./limits.ts";
import type { Endpoint } from "./packet.ts";

/** Remembers which endpoints have spoken SIP with each other, in whichever direction. */
export class SipPairs {
  readonly #partners: Map<Endpoint, Set<Endpoint>> = new Map();
  #size = 0;
  #lastSource: Endpoint | undefined;
  #lastDestination: Endpoint | undefined;

  /** False if there is no room for it. */
  add(source: Endpoint, destination: Endpoint): boolean {
    if (source === this.#lastSource && destination === this.#lastDestination) return true;
    this.#lastSource = source;
    this.#lastDestination = destination;
    let partners = this.#partners.get(source);
    if (partners?.has(destination) === true) return true;
    if (this.#size >= networkLimits["sip-endpoint-pairs"]) return false;
    if (partners === undefined) this.#partners.set(source, (partners = new Set()));
    partners.add(destination);
    this.#size++;
    return true;
  }

  has(a: Endpoint, b: Endpoint): boolean {
    return this.#partners.get(a)?.has(b) === true || this.#partners.get(b)?.has(a) === true;
  }
}
