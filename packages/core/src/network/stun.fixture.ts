import { ALICE, ascii, ethernet, type FrameBytes, ipv4, PROXY, u16, u32, udp } from "./bytes.fixture.ts";

// Messages of STUN made by hand, between ALICE, port 4000, and PROXY, port 5000.

const COOKIE = 0x2112a442;

/** Padded to whole words. RFC 8489 §14 */
export function attribute(type: number, value: readonly number[]): number[] {
  const padding = Array.from({ length: -value.length & 3 }, () => 0);
  return [...u16(type, value.length), ...value, ...padding];
}

export function stun(type: number, transaction: number, ...attributes: readonly (readonly number[])[]): number[] {
  const body = attributes.flat();
  return [...u16(type, body.length), ...u32(COOKIE, transaction, 0, 0), ...body];
}

/** A name of a length that needs padding comes first. */
const software = attribute(0x8022, ascii("a phone"));

export function check(transaction: number, username = "bbbb:aaaa"): number[] {
  return stun(0x0001, transaction, software, attribute(0x0006, ascii(username)));
}

export function success(transaction: number): number[] {
  return stun(0x0101, transaction, software);
}

export function refusal(transaction: number, code: number): number[] {
  return stun(0x0111, transaction, attribute(0x0009, [0, 0, Math.floor(code / 100), code % 100]));
}

/** At milliseconds. */
export function there(
  at: number,
  payload: readonly number[],
  ports: readonly [number, number] = [4000, 5000],
): FrameBytes {
  return { bytes: ethernet(ipv4(udp([...payload], ...ports))), timeMicros: at * 1000 };
}

export function back(
  at: number,
  payload: readonly number[],
  ports: readonly [number, number] = [4000, 5000],
): FrameBytes {
  const sides = { source: PROXY, destination: ALICE };
  return { bytes: ethernet(ipv4(udp([...payload], ports[1], ports[0]), sides)), timeMicros: at * 1000 };
}
