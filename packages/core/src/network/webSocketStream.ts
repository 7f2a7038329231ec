import { CR, LF } from "../bytes/ascii.ts";
import { networkLimits, STREAM_SNIFF_BYTES } from "./limits.ts";
import { hasSipFields, isSipStart } from "./sipStart.ts";
import type { StreamReader } from "./streamReader.ts";
import {
  copyUnmasked,
  frameHeaderLength,
  type FrameHeader,
  isSipFrame,
  keyOf,
  LONGEST_FRAME_HEADER,
  opcode,
  readFrameHeader,
} from "./webSocketFrame.ts";

export interface WebSocketStreamOptions {
  /** `cut`: the end of the message is missing. */
  onMessage(bytes: Uint8Array, start: number, end: number, cut: boolean): void;
  /** A message is compressed (permessage-deflate) and was not read. */
  onCompressed(): void;
  onLimit(limit: "websocket-message-bytes"): void;
  /** A Close frame. RFC 6455 §5.5.1 */
  onClose(): void;
}

/**
 * SIP messages out of the WebSocket frames of one direction: each is one WebSocket message, of one frame or several. RFC 7118 §5, RFC
 * 6455 §5. After a hole it begins where a segment begins with a frame that holds SIP. A message in one frame without mask that lies in
 * one segment is not copied.
 */
export class WebSocketStream implements StreamReader {
  confirmed: boolean;
  done = false;
  /** Frames say how long they are: what is missing of one was never seen. */
  readonly isInMessage = false;
  readonly #options: WebSocketStreamOptions;
  #inSync = true;
  #read = 0;
  /** The beginning of a frame header. */
  readonly #header: Uint8Array = new Uint8Array(LONGEST_FRAME_HEADER);
  #headerLength = 0;
  /** The frame whose payload is being read. */
  #frame: FrameHeader | undefined;
  #key = 0;
  #frameRead = 0;
  /** What has come of the message being read: `#message[0, #messageLength)`. */
  #message: Uint8Array = NO_BYTES;
  #messageLength = 0;
  #fate: MessageFate = "none";

  /** `isSip`: the subprotocol that was agreed on is SIP. */
  constructor(options: WebSocketStreamOptions, isSip: boolean) {
    this.#options = options;
    this.confirmed = isSip;
  }

  push(bytes: Uint8Array, start: number, end: number): void {
    this.#read += end - start;
    if (!this.#inSync) this.#inSync = isSipFrame(bytes, start, end);
    let at = start;
    while (at < end && this.#inSync && !this.done)
      at =
        this.#frame === undefined ? this.#readHeader(bytes, at, end) : this.#readPayload(this.#frame, bytes, at, end);
    if (!this.confirmed && this.#read > STREAM_SNIFF_BYTES) this.done = true;
  }

  gap(): void {
    this.close();
    this.#lose();
  }

  giveUp(): void {}

  /** What has come of a message is emitted as cut. */
  close(): void {
    const [bytes, end, fate] = [this.#message, this.#messageLength, this.#fate];
    this.#forget();
    if (fate === "kept" && hasSipFields(bytes, 0, end)) this.#emit(bytes, 0, end, true);
  }

  #readHeader(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    const header = this.#header;
    while (at < end && (this.#headerLength < 2 || this.#headerLength < frameHeaderLength(header, 0)))
      header[this.#headerLength++] = bytes[at++];
    if (this.#headerLength < 2 || this.#headerLength < frameHeaderLength(header, 0)) return at;
    const frame = readFrameHeader(header, 0);
    this.#headerLength = 0;
    if (frame === undefined) {
      this.#lose();
      return end;
    }
    this.#begin(frame);
    return at;
  }

  #begin(frame: FrameHeader): void {
    this.#frame = frame;
    this.#frameRead = 0;
    this.#key = keyOf(this.#header, frame.keyAt);
    if (frame.opcode === opcode.text || frame.opcode === opcode.binary) {
      this.#forget();
      this.#fate = frame.isCompressed ? "compressed" : "kept";
    }
    if (frame.length === 0) this.#end(frame);
  }

  #readPayload(frame: FrameHeader, bytes: Uint8Array, start: number, end: number): number {
    const length = Math.min(frame.length - this.#frameRead, end - start);
    const isData = frame.opcode <= opcode.binary && this.#fate === "kept";
    if (isData && this.#key === 0 && length === frame.length && frame.isFinal && this.#messageLength === 0) {
      this.#frame = undefined;
      this.#forget();
      this.#finish(bytes, start, start + length);
      return start + length;
    }
    if (isData) this.#append(bytes, start, start + length);
    this.#frameRead += length;
    if (this.#frameRead === frame.length) this.#end(frame);
    return start + length;
  }

  /** Control frames come between the frames of a message and leave it as it is. RFC 6455 §5.4 */
  #end(frame: FrameHeader): void {
    this.#frame = undefined;
    if (frame.opcode === opcode.close) {
      this.close();
      this.done = true;
      this.#options.onClose();
    }
    if (frame.opcode > opcode.binary || !frame.isFinal) return;
    const [bytes, length, fate] = [this.#message, this.#messageLength, this.#fate];
    this.#forget();
    if (fate === "compressed") this.#options.onCompressed();
    if (fate === "kept") this.#finish(bytes, 0, length);
  }

  #append(bytes: Uint8Array, start: number, end: number): void {
    const length = this.#messageLength + end - start;
    if (length > networkLimits["websocket-message-bytes"]) {
      this.#options.onLimit("websocket-message-bytes");
      this.#forget();
      this.#fate = "too-long";
      return;
    }
    if (length > this.#message.length) {
      const larger = new Uint8Array(Math.max(SMALLEST_BUFFER, length * 2));
      larger.set(this.#message.subarray(0, this.#messageLength));
      this.#message = larger;
    }
    copyUnmasked(bytes, start, end, this.#message, this.#messageLength, this.#key, this.#frameRead);
    this.#messageLength = length;
  }

  /** A whole WebSocket message; empty lines before the start line, or alone, are ignored as in other transports. RFC 3261 §7.5 */
  #finish(bytes: Uint8Array, messageStart: number, end: number): void {
    let start = messageStart;
    while (start < end && (bytes[start] === CR || bytes[start] === LF)) start++;
    if (start === end) return;
    if (isSipStart(bytes, start, end, false) || (this.confirmed && hasSipFields(bytes, start, end)))
      this.#emit(bytes, start, end, false);
  }

  #emit(bytes: Uint8Array, start: number, end: number, cut: boolean): void {
    this.confirmed = true;
    this.#options.onMessage(bytes, start, end, cut);
  }

  #lose(): void {
    this.#forget();
    this.#frame = undefined;
    this.#headerLength = 0;
    this.#inSync = false;
  }

  /** Emitted bytes are never written again. */
  #forget(): void {
    this.#message = NO_BYTES;
    this.#messageLength = 0;
    this.#fate = "none";
  }
}

/** What is done with the payload of data frames: `none` is the rest of a message whose beginning was not seen. */
type MessageFate = "none" | "kept" | "compressed" | "too-long";

const NO_BYTES: Uint8Array = new Uint8Array(0);
const SMALLEST_BUFFER = 1024;
