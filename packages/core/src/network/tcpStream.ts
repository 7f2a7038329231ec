import { HOLE_ACKNOWLEDGED_MICROS, HOLE_TIMEOUT_MICROS, networkLimits, SEGMENT_REPEAT_MICROS } from "./limits.ts";
import type { StreamReader } from "./streamReader.ts";

/** The payload of one TCP segment. */
export interface TcpSegment {
  /** Number and time of its frame; the frame itself is not kept alive. */
  readonly frame: number;
  readonly timeMicros: number;
  readonly ipId: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Bytes after `end` that were on the wire and are not in the capture. */
  readonly missing: number;
}

export interface TcpStreamOptions {
  /** A reader for a stream whose first bytes in order are these; undefined if nobody wants it. */
  open(stream: TcpStream, bytes: Uint8Array, start: number, end: number, fromStart: boolean): StreamReader | undefined;
  onGap(frame: number, bytes: number): void;
  onRepeat(frame: number): void;
  onLimit(frame: number, limit: "tcp-pending-bytes" | "tcp-pending-segments"): void;
  /** Bytes that are known, and not on their way for the first time, come once more; `times` since `sinceMicros`. */
  onSentAgain(stream: TcpStream, segment: TcpSegment, times: number, sinceMicros: number): void;
  /** It begins or stops waiting for what is missing. */
  onHole(stream: TcpStream, isOpen: boolean): void;
}

/** Sequence numbers farther off than any window that SIP has use for belong to another connection. */
const WINDOW_LIMIT: number = 64 * 1024 * 1024;

/** Puts one direction of a TCP connection in order. RFC 9293 §3.4; sequence numbers are compared modulo 2^32. */
export class TcpStream {
  /** The frame that completed what is being read, its time, and the IP identification of the bytes. */
  frame = 0;
  timeMicros = 0;
  ipId = -1;
  /** Sequence number of the SYN, or -1 if it is not in the capture. */
  initialSequence = -1;
  /** When that was first sent. */
  openedMicros = 0;
  /** True once its SYN was told as unanswered, or as undeliverable. */
  isUnanswered = false;
  /** Since when this side has had no room for what the other one sends; -1 where it has. */
  fullSinceMicros = -1;
  /** When it can be known that the hole will not be filled; Infinity without a hole. */
  holeDeadlineMicros: number = Infinity;
  #holeSinceMicros = 0;
  readonly #options: TcpStreamOptions;
  #started = false;
  /** False once bytes of it were missing. */
  isWhole = true;
  /** True when its bytes are of no interest, or there will be none. */
  ignored = false;
  #reader: StreamReader | undefined;
  #next = 0;
  /** Behind a hole, by sequence. */
  #pending: TcpSegment[] = [];
  #pendingBytes = 0;
  #finSequence = -1;
  // The latest segment that was read, to know it again.
  #latestSequence = -1;
  #latestLength = 0;
  #latestIpId = -1;
  #latestMicros = 0;
  /** Since then, how often the same bytes came again, and where they begin. */
  #timesAgain = 0;
  #againSequence = -1;
  #againMicros = 0;

  constructor(options: TcpStreamOptions) {
    this.#options = options;
  }

  get confirmed(): boolean {
    return this.#reader?.confirmed === true;
  }

  /** True once it has a reader. */
  get isRead(): boolean {
    return this.#reader !== undefined;
  }

  /** A SYN: another one than before means that the ports are used again. True if it was the first of its connection. */
  open(sequence: number, timeMicros: number): boolean {
    if (this.initialSequence === sequence) return false;
    if (this.#started) this.finish();
    this.initialSequence = sequence;
    this.openedMicros = timeMicros;
    this.isUnanswered = false;
    this.fullSinceMicros = -1;
    this.ignored = false;
    this.isWhole = true;
    this.#started = true;
    this.#reader = undefined;
    this.#latestSequence = -1;
    this.#finSequence = -1;
    this.#next = (sequence + 1) >>> 0;
    return true;
  }

  push(segment: TcpSegment): void {
    if (this.ignored) return;
    if (!this.#started) {
      this.#started = true;
      this.#next = segment.sequence;
    }
    const ahead = (segment.sequence - this.#next) | 0;
    if (ahead > WINDOW_LIMIT || ahead < -WINDOW_LIMIT) return this.#jump(segment);
    if (ahead > 0) return this.#hold(segment);
    if (ahead + segment.end - segment.start <= 0) return this.#repeat(segment);
    this.#remember(segment);
    this.#deliver(segment, segment);
    if (this.#pending.length > 0) this.#drain(segment);
    this.#closeAtFin();
  }

  /** A FIN after the byte before `sequence`. */
  close(sequence: number): void {
    this.#finSequence = sequence;
    this.#closeAtFin();
  }

  /** The other side has received everything before `sequence`. */
  acknowledge(sequence: number, timeMicros: number): void {
    if (timeMicros - this.#holeSinceMicros < HOLE_ACKNOWLEDGED_MICROS) return;
    if (((sequence - this.#pending[0].sequence) | 0) > 0) this.skipHole();
  }

  /** Gives up what is missing before the first segment that is held. */
  skipHole(): void {
    const first = this.#pending[0];
    if (first === undefined) return this.#hole(false);
    this.isWhole = false;
    this.#options.onGap(first.frame, (first.sequence - this.#next) | 0);
    this.#reader?.gap();
    this.#next = first.sequence;
    this.#drain(undefined);
    this.#closeAtFin();
  }

  /** Reads out what there is and reads no more. */
  finish(): void {
    while (this.#pending.length > 0 && !this.ignored) this.skipHole();
    this.#reader?.close();
    this.#ignore();
  }

  #ignore(): void {
    this.ignored = true;
    this.#reader = undefined;
    this.#pending = [];
    this.#pendingBytes = 0;
    if (this.holeDeadlineMicros !== Infinity) this.#hole(false);
  }

  #jump(segment: TcpSegment): void {
    while (this.#pending.length > 0 && !this.ignored) this.skipHole();
    if (this.ignored) return;
    this.isWhole = false;
    this.#reader?.gap();
    this.#next = segment.sequence;
    this.#deliver(segment, segment);
  }

  #deliver(segment: TcpSegment, completing: TcpSegment): void {
    const { bytes, end } = segment;
    const start = segment.start + ((this.#next - segment.sequence) | 0);
    this.#next = (segment.sequence + (end - segment.start)) >>> 0;
    this.frame = completing.frame;
    this.timeMicros = completing.timeMicros;
    this.ipId = segment.ipId;
    if (this.#reader === undefined || !this.#reader.confirmed) this.#reader = this.#openReader(bytes, start, end);
    if (this.#reader === undefined) return this.#ignore();
    this.#reader.push(bytes, start, end);
    if (this.#reader.done) return this.#ignore();
    if (segment.missing === 0) return;
    this.#next = (this.#next + segment.missing) >>> 0;
    this.#reader.gap();
  }

  #openReader(bytes: Uint8Array, start: number, end: number): StreamReader | undefined {
    const opened = this.#options.open(this, bytes, start, end, this.initialSequence >= 0);
    return opened === undefined ? undefined : (this.#reader ?? opened);
  }

  #hold(segment: TcpSegment): void {
    const pending = this.#pending;
    let index = pending.length;
    while (index > 0 && ((pending[index - 1].sequence - segment.sequence) | 0) > 0) index--;
    const before = pending[index - 1];
    if (before !== undefined && before.sequence === segment.sequence && lengthOf(before) >= lengthOf(segment)) return;
    pending.splice(index, 0, detached(segment));
    this.#pendingBytes += lengthOf(segment);
    if (this.holeDeadlineMicros === Infinity) {
      this.#holeSinceMicros = segment.timeMicros;
      this.#hole(true);
    }
    const limit = this.#limitReached();
    if (limit === undefined) return;
    this.#options.onLimit(segment.frame, limit);
    this.skipHole();
  }

  #limitReached(): "tcp-pending-bytes" | "tcp-pending-segments" | undefined {
    if (this.#pendingBytes > networkLimits["tcp-pending-bytes"]) return "tcp-pending-bytes";
    return this.#pending.length > networkLimits["tcp-pending-segments"] ? "tcp-pending-segments" : undefined;
  }

  /** Reads what has become contiguous, as of the segment that filled the hole; without one each as of its own frame. */
  #drain(filler: TcpSegment | undefined): void {
    let read = 0;
    for (const segment of this.#pending) {
      const ahead = (segment.sequence - this.#next) | 0;
      if (ahead > 0) break;
      read++;
      this.#pendingBytes -= lengthOf(segment);
      if (ahead + lengthOf(segment) > 0) this.#deliver(segment, filler ?? segment);
      if (this.ignored) return;
    }
    this.#pending.splice(0, read);
    if (this.#pending.length === 0) this.#hole(false);
    else if (read > 0) this.#renewHole(this.#pending[0].timeMicros);
  }

  #renewHole(sinceMicros: number): void {
    this.#holeSinceMicros = sinceMicros;
    this.holeDeadlineMicros = sinceMicros + HOLE_TIMEOUT_MICROS;
  }

  #hole(isOpen: boolean): void {
    this.holeDeadlineMicros = isOpen ? this.#holeSinceMicros + HOLE_TIMEOUT_MICROS : Infinity;
    this.#options.onHole(this, isOpen);
  }

  #remember(segment: TcpSegment): void {
    this.#latestSequence = segment.sequence;
    this.#latestLength = lengthOf(segment);
    this.#latestIpId = segment.ipId;
    this.#latestMicros = segment.timeMicros;
    this.#timesAgain = 0;
  }

  /** With the same IP identification at the same time it was captured twice; otherwise it was sent twice. */
  #repeat(segment: TcpSegment): void {
    const elapsedMicros = Math.abs(segment.timeMicros - this.#latestMicros);
    const isLatest = segment.sequence === this.#latestSequence && lengthOf(segment) === this.#latestLength;
    const isOfSamePacket = segment.ipId > 0 && segment.ipId === this.#latestIpId;
    if (isLatest && isOfSamePacket && elapsedMicros <= SEGMENT_REPEAT_MICROS)
      return this.#options.onRepeat(segment.frame);
    // One byte is a probe of an idle connection. RFC 9293 §3.8.4
    if (this.confirmed && lengthOf(segment) > 1) this.#countAgain(segment);
  }

  #countAgain(segment: TcpSegment): void {
    // A repetition is captured twice as well.
    const since = this.#timesAgain === 0 ? this.#latestMicros : this.#againMicros;
    if (Math.abs(segment.timeMicros - since) <= SEGMENT_REPEAT_MICROS) return;
    this.#timesAgain = segment.sequence === this.#againSequence ? this.#timesAgain + 1 : 1;
    this.#againSequence = segment.sequence;
    this.#againMicros = segment.timeMicros;
    this.#options.onSentAgain(this, segment, this.#timesAgain, this.#latestMicros);
  }

  #closeAtFin(): void {
    if (this.#finSequence !== this.#next || this.ignored) return;
    this.finish();
  }
}

function lengthOf(segment: TcpSegment): number {
  return segment.end - segment.start;
}

/** A copy that does not keep a whole read buffer alive while it waits. */
function detached(segment: TcpSegment): TcpSegment {
  return { ...segment, bytes: segment.bytes.slice(segment.start, segment.end), start: 0, end: lengthOf(segment) };
}
