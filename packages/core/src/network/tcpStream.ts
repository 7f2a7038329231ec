import {
  HOLE_ACKNOWLEDGED_MICROS,
  HOLE_TIMEOUT_MICROS,
  networkLimits,
  REST_TIMEOUT_MICROS,
  SEGMENT_REPEAT_MICROS,
} from "./limits.ts";
import type { ReadingPlace, StreamReader } from "./streamReader.ts";

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
  /** It begins or stops waiting for what is missing, or for the rest of a message. */
  onWait(stream: TcpStream, isWaiting: boolean): void;
}

/** Sequence numbers farther off than any window that SIP has use for belong to another connection. */
const WINDOW_LIMIT: number = 64 * 1024 * 1024;

/** Puts one direction of a TCP connection in order. RFC 9293 §3.4; sequence numbers are compared modulo 2^32. */
export class TcpStream implements ReadingPlace {
  /** The frame that completed what is being read, its time, and the IP identification of the bytes. */
  frame = 0;
  timeMicros = 0;
  ipId = -1;
  /** The same of the bytes before those. */
  readonly earlier: ReadingPlace = { frame: 0, timeMicros: 0, ipId: -1 };
  /** Sequence number of the SYN, or -1 if it is not in the capture. */
  initialSequence = -1;
  /** When that was first sent. */
  openedMicros = 0;
  /** True once its SYN was told as unanswered, or as undeliverable. */
  isUnanswered = false;
  /** Since when this side has had no room for what the other one sends; -1 where it has. */
  fullSinceMicros = -1;
  /** When it can be known that what it waits for will not come; Infinity where it waits for nothing. */
  deadlineMicros: number = Infinity;
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
  /** The other side has acknowledged more than was seen. */
  #hasLostEnd = false;
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
    const first = this.#pending[0];
    if (((sequence - (first?.sequence ?? this.#next)) | 0) <= 0) return;
    if (first === undefined) this.#hasLostEnd = true;
    else if (timeMicros - this.#holeSinceMicros >= HOLE_ACKNOWLEDGED_MICROS) this.#skipHole(first);
  }

  /** Gives up what it waits for: bytes before the first segment that is held, otherwise the rest of a message. `isOverdue`: it was due. */
  giveUp(isOverdue: boolean): void {
    const first = this.#pending[0];
    if (first !== undefined) return this.#skipHole(first);
    if (isOverdue && !this.#hasLostEnd) this.#reader?.giveUp();
    else this.#reader?.gap();
    this.#waitForRest();
  }

  #skipHole(first: TcpSegment): void {
    this.isWhole = false;
    this.#options.onGap(first.frame, (first.sequence - this.#next) | 0);
    this.#reader?.gap();
    this.#next = first.sequence;
    this.#drain(undefined);
    this.#closeAtFin();
  }

  #skipHoles(): void {
    while (this.#pending.length > 0 && !this.ignored) this.#skipHole(this.#pending[0]);
  }

  /** Reads out what there is and reads no more. `isEnd`: its sender ended it here. */
  finish(isEnd: boolean = false): void {
    this.#skipHoles();
    this.#reader?.close(isEnd);
    this.#ignore();
  }

  #ignore(): void {
    this.ignored = true;
    this.#reader = undefined;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#wait(Infinity);
  }

  #jump(segment: TcpSegment): void {
    this.#skipHoles();
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
    this.#hasLostEnd = false;
    this.earlier.frame = this.frame;
    this.earlier.timeMicros = this.timeMicros;
    this.earlier.ipId = this.ipId;
    this.frame = completing.frame;
    this.timeMicros = completing.timeMicros;
    this.ipId = segment.ipId;
    if (this.#reader === undefined || !this.#reader.confirmed) this.#reader = this.#openReader(bytes, start, end);
    if (this.#reader === undefined) return this.#ignore();
    this.#reader.push(bytes, start, end);
    if (this.#reader.done) return this.#ignore();
    if (segment.missing > 0) {
      this.#next = (this.#next + segment.missing) >>> 0;
      this.#reader.gap();
    }
    if (this.#pending.length === 0) this.#waitForRest();
  }

  #waitForRest(): void {
    this.#wait(this.#reader?.isInMessage === true ? this.timeMicros + REST_TIMEOUT_MICROS : Infinity);
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
    if (pending.length === 1) this.#waitForHole(segment.timeMicros);
    const limit = this.#limitReached();
    if (limit === undefined) return;
    this.#options.onLimit(segment.frame, limit);
    this.#skipHole(pending[0]);
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
    if (this.#pending.length === 0) this.#waitForRest();
    else if (read > 0) this.#waitForHole(this.#pending[0].timeMicros);
  }

  #waitForHole(sinceMicros: number): void {
    this.#holeSinceMicros = sinceMicros;
    this.#wait(sinceMicros + HOLE_TIMEOUT_MICROS);
  }

  #wait(untilMicros: number): void {
    const wasWaiting = this.deadlineMicros !== Infinity;
    const isWaiting = untilMicros !== Infinity;
    this.deadlineMicros = untilMicros;
    if (isWaiting !== wasWaiting) this.#options.onWait(this, isWaiting);
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
    this.finish(true);
  }
}

function lengthOf(segment: TcpSegment): number {
  return segment.end - segment.start;
}

/** A copy that does not keep a whole read buffer alive while it waits. */
function detached(segment: TcpSegment): TcpSegment {
  return { ...segment, bytes: segment.bytes.slice(segment.start, segment.end), start: 0, end: lengthOf(segment) };
}
