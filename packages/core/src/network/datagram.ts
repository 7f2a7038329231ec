import type { Frame } from "../capture/frame.ts";

/**
 * What is left of a frame while the layers are taken off it: each layer moves `offset` and `end` and fills in what it knows.
 * One object serves a whole capture, so that a frame without SIP costs no allocation; nobody may keep it.
 */
export class Datagram {
  frame: Frame;
  /** Holds the payload: `bytes[offset, end)` is what the layers above have not read. */
  bytes: Uint8Array;
  offset = 0;
  end = 0;
  /** Holds both IP addresses; another buffer than `bytes` when the datagram was put together from fragments. */
  addresses: Uint8Array;
  sourceAt = 0;
  destinationAt = 0;
  /** 4 or 16. */
  addressLength = 0;
  /** IPv4 identification, or -1. */
  ipId = -1;
  fragments = 1;
  /** Bytes that the IP header promises after `end`, which the capture does not have. */
  missing = 0;
  /** Encapsulations taken off so far. */
  depth = 0;

  constructor(frame: Frame) {
    this.frame = frame;
    this.bytes = frame.bytes;
    this.addresses = frame.bytes;
    this.offset = frame.start;
    this.end = frame.end;
  }

  restart(frame: Frame): void {
    this.frame = frame;
    this.bytes = frame.bytes;
    this.addresses = frame.bytes;
    this.offset = frame.start;
    this.end = frame.end;
    this.ipId = -1;
    this.fragments = 1;
    this.missing = 0;
    this.depth = 0;
  }
}
