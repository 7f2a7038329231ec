import type { JsonMembers } from "./jsonValues.ts";

/** One protocol in a packet, as tshark and Wireshark tell it. */
export interface Layer {
  readonly name: string;
  readonly fields: JsonMembers;
}

/** A field by its name, `ip.src`; in `-T ek` that is `ip_ip_src`. */
export function fieldOf(layer: Layer | undefined, name: string): string | undefined {
  const value =
    layer?.fields.get(name) ?? layer?.fields.get(`${name.slice(0, name.indexOf("."))}_${name.replaceAll(".", "_")}`);
  return value === undefined ? undefined : String(value);
}

/** The first of a name: that around all others of it. */
export function layerNamed(layers: readonly Layer[], name: string): Layer | undefined {
  return layers.find((layer) => layer.name === name);
}
