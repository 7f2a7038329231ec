import type { HostPort } from "../logged.ts";

/** `10.9.0.20:5060`, `[fd00:9::20]:5060`, `fd00:9::20:5060`, `10.9.0.20`; undefined if the port makes no sense. */
export function hostPort(text: string, defaultPort: number = 5060): HostPort | undefined {
  const bracket = text.startsWith("[") ? text.indexOf("]") : -1;
  const colon = text.lastIndexOf(":");
  if (bracket > 0) return withPort(text.slice(1, bracket), text.slice(bracket + 2), defaultPort);
  return colon < 0
    ? withPort(text, "", defaultPort)
    : withPort(text.slice(0, colon), text.slice(colon + 1), defaultPort);
}

/** `10.9.0.20.5060`, `fd00:9::20.5060`, `host.example.sip`: an address and a port joined with a dot, as tcpdump prints them. */
export function dottedHostPort(text: string): HostPort | undefined {
  const dot = text.lastIndexOf(".");
  return dot < 0 ? undefined : withPort(text.slice(0, dot), text.slice(dot + 1), 5060);
}

export function withPort(host: string, port: string, defaultPort: number): HostPort | undefined {
  const known = NAMED_PORTS[port];
  const number = port === "" ? defaultPort : (known ?? Number(port));
  return host === "" || !Number.isInteger(number) || number < 0 || number > 65_535 ? undefined : { host, port: number };
}

/** As `/etc/services` names them. */
const NAMED_PORTS: Readonly<Record<string, number>> = { sip: 5060, "sip-tls": 5061, sips: 5061 };
