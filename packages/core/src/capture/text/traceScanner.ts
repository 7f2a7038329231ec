import { hexBytes } from "../../bytes/hexBytes.ts";
import { latin1Bytes } from "../../bytes/latin1.ts";
import { CR, isBlank, SPACE } from "../../bytes/ascii.ts";
import { decodeText } from "../../bytes/text.ts";
import type { TimesLack } from "../captureFormat.ts";
import type { FrameSink } from "../frameSink.ts";
import type { HostPort, Logged } from "../logged.ts";
import type { Transport } from "../transport.ts";
import { LineCleaner } from "./cleanLine.ts";
import { dumped, holdsIp } from "./dumped.ts";
import { escapedLines, type EscapedLines, tagEnd, tagOf } from "./escapedLineEnds.ts";
import { hexCells, type HexCells } from "./hexCells.ts";
import { followStream } from "./followStream.ts";
import { HexDump } from "./hexDump.ts";
import { identityOf } from "./identityOf.ts";
import { linePrefixOf, type LinePrefix } from "./linePrefix.ts";
import { listsPackets } from "./packetList.ts";
import { NgrepColumns } from "./ngrepColumns.ts";
import type { PacketBytes } from "./packetDissection.ts";
import { QuotedCells } from "./quotedCells.ts";
import { QuotedPrintable } from "./quotedPrintable.ts";
import { SharedPrefixes } from "./sharedPrefixes.ts";
import { logTimeAt, startLineAt } from "./startLine.ts";
import { type SaidTime, TraceClock } from "./traceClock.ts";
import { type LineRole, TracedMessage } from "./tracedMessage.ts";
import { MARKER_LIMIT, type TraceFormat, type TraceHead, type TraceMarker } from "./traceFormat.ts";
import { traceFormats } from "./traceFormats.ts";
import { TraceOutlet } from "./traceOutlet.ts";

/** Bytes of a line that are kept: what a program says fits into them. */
const LINE_SHOWN = 400;

/** More lines of others than these come behind a message that the logger has cut. */
const MOST_INTERRUPTIONS = 32;

/** What stood before the lines of an entry, and whether the last of them was whole. */
interface OpenEntry {
  readonly tag: string;
  readonly endsLine: boolean;
}

/** Finds the messages in the lines of logs and traces of any format, also mixed in one file. */
export class TraceScanner {
  readonly #sink: FrameSink;
  readonly #outlet: TraceOutlet;
  readonly #quotedPrintable: QuotedPrintable = new QuotedPrintable((line) => this.#columns.push(line));
  readonly #cleaner: LineCleaner = new LineCleaner();
  readonly #columns: NgrepColumns = new NgrepColumns((line) => this.#cells.push(this.#cleaner.clean(line)));
  readonly #cells: QuotedCells = new QuotedCells((line) => this.#prefixes.push(line));
  readonly #prefixes: SharedPrefixes = new SharedPrefixes((line) => this.#scan(line));
  readonly #clock: TraceClock;
  /** Messages by format. */
  readonly counts: Map<string, number> = new Map();
  readonly #dump: HexDump = new HexDump();
  #message: TracedMessage | undefined;
  #prefix: LinePrefix | undefined;
  /** The format of the latest marker, and what is known from it and those before it. */
  #format: TraceFormat | undefined;
  #head: TraceHead = {};
  /** What the log names the call of the next message by. */
  #identity: string | undefined;
  /** The marker was the latest line that was not empty. */
  #isFresh = false;
  #timeMicros: number | undefined;
  #latestOfHead: Uint8Array | undefined;
  /** The next line goes on with the message, which the logger had cut. */
  #joinsNext = false;
  /** An empty line of which it is not known yet whether it is of the message: a logger ends each entry with a line end of its own. */
  #heldBlank = false;
  /** All of the message has come, unless the next line says that it was cut. */
  #hasEnded = false;
  /** Packets of which the text says only what they are. */
  #listed = 0;
  /** Lines of others inside the message. */
  #interruptions = 0;
  /** What a line with escaped line ends began with, if its message goes on in the next such line. */
  #open: OpenEntry | undefined;
  /** Messages of a dissection: dropped if the packet itself follows in hexadecimal. */
  #dissected: (() => void)[] = [];

  constructor(sink: FrameSink) {
    this.#sink = sink;
    this.#outlet = new TraceOutlet(sink);
    this.#clock = new TraceClock((micros) => this.#moveAll(micros));
  }

  /** The one format that was found, `text` for a message without marks or several formats; undefined while there are no messages. */
  get formatName(): string | undefined {
    const [name] = this.counts.keys();
    return this.counts.size > 1 ? "text" : name;
  }

  /** What the times of the messages do not say. */
  get timesLack(): ReadonlySet<TimesLack> {
    return this.#clock.lacks;
  }

  /** A line without its LF, one character per byte. */
  push(raw: string): void {
    const text = withoutLineEnd(raw);
    // A CR inside is a line end whose LF was lost, or a terminal's; in the source of a page lines end in their own way.
    if (text.includes("<br") || (text.includes("</") && text.includes("&lt;")))
      for (const part of text.replace(LAST_BREAK, "").split(breakIn(text))) this.#pushLine(part);
    else if (text.includes("\r")) for (const part of text.split("\r")) this.#pushLine(part);
    else this.#pushLine(text);
  }

  /** A message that was found by other means than lines. */
  found(format: string, timeMicros: number | undefined, bytes: Uint8Array, logged: Logged): void {
    this.#prefixes.flush();
    this.#finish();
    this.#count(format);
    this.#outlet.message(timeMicros, bytes, logged, true);
  }

  /** A packet that was found by other means than lines. */
  foundPacket(format: string, timeMicros: number | undefined, packet: PacketBytes): void {
    this.#prefixes.flush();
    this.#finish();
    this.#emitPacket(format, timeMicros, packet);
  }

  /** The next line is of this time, unless it says another. */
  observe(time: SaidTime): void {
    this.#prefixes.flush();
    this.#clock.observe(time);
  }

  /** That is the time of a message which was found by other means than lines. */
  say(time: SaidTime): void {
    this.observe(time);
    this.#clock.take();
  }

  flush(): void {
    this.#quotedPrintable.flush();
    this.#columns.flush();
    this.#prefixes.flush();
    this.#finishDump();
    this.#finish();
    this.#release();
    this.#outlet.flush();
    if (this.counts.size === 0) {
      if (this.#listed > 0) this.#sink.tally.count("packets-listed");
      return;
    }
    const mended = this.#cleaner.mended + this.#quotedPrintable.mended;
    if (mended > 0) this.#sink.tally.count("text-mended", undefined, { lines: mended });
  }

  #moveAll(micros: number): boolean {
    if (!this.#outlet.moveAll(micros)) return false;
    if (this.#timeMicros !== undefined) this.#timeMicros += micros;
    return true;
  }

  #pushLine(text: string): void {
    this.#quotedPrintable.push(text);
  }

  #scan(line: string): void {
    if (this.counts.size === 0 && listsPackets(line)) this.#listed++;
    const open = this.#open;
    this.#open = undefined;
    const escaped = escapedLines(line, open !== undefined);
    if (escaped === undefined) {
      if (open !== undefined) this.#finish();
      this.#read(line);
    } else this.#readEscaped(escaped, open);
  }

  /** Lines whose ends were escaped make one entry of a log; a long one goes on in the next. */
  #readEscaped({ lines, endsLine }: EscapedLines, open: OpenEntry | undefined): void {
    const [first, ...more] = lines;
    const tag = tagOf(first);
    const message = open?.tag === tag ? this.#message : undefined;
    if (message === undefined || startLineAt(first, true) >= 0 || this.#markerOf(first) !== undefined) {
      this.#read(first, true);
    } else {
      const rest = first.slice(tagEnd(first));
      this.#role(open?.endsLine === true ? message.push(rest) : message.pushRest(rest));
    }
    for (const [index, line] of more.entries()) {
      // The last one may be half a line, or half the escape of a line end: no mark of a format.
      const isHalf = !endsLine && index === more.length - 1;
      if (!isHalf || this.#message === undefined || !this.#continue(line)) this.#read(line);
    }
    if (this.#message?.isComplete === false) this.#open = { tag, endsLine };
    else this.#finish();
  }

  #read(line: string, isEscaped: boolean = false): void {
    const isShort = line.length > 6 && line.length <= MARKER_LIMIT;
    if (isShort && this.#dump.push(line)) return;
    this.#finishDump();
    // Another dump may begin where one ended.
    if (isShort && this.#dump.push(line)) return;
    const cells = isShort ? undefined : hexCells(line);
    if (cells !== undefined && this.#takeCells(line, cells)) return;
    if (this.#joinsNext && this.#message !== undefined) {
      this.#joinsNext = false;
      this.#role(this.#message.pushRest(line));
      return;
    }
    const found = line !== "" ? this.#markerOf(line) : undefined;
    if (found !== undefined) return this.#take(line, found.format, found.marker);
    if (this.#hasEnded) this.#finish();
    this.#pushHeldBlank();
    if (this.#message !== undefined && line === "" && this.#head.entry !== undefined) {
      this.#heldBlank = true;
      return;
    }
    if (this.#message !== undefined && this.#continue(line)) return;
    const start = this.#startOf(line, isEscaped);
    if (start >= 0) this.#begin(line, start, isEscaped);
    else if (line.trim() !== "") this.#pass(line);
  }

  #pushHeldBlank(): void {
    if (!this.#heldBlank) return;
    this.#heldBlank = false;
    if (this.#message !== undefined) this.#role(this.#message.push(""));
  }

  #markerOf(line: string): { format: TraceFormat; marker: TraceMarker } | undefined {
    if (line.length > MARKER_LIMIT) return undefined;
    for (const format of traceFormats) {
      const marker = format.marker(line, format === this.#format);
      if (marker !== undefined) return { format, marker };
    }
    // All of the log was indented; of what dissects packets the indent tells.
    const isIndented = isBlank(line.charCodeAt(0)) && this.#format?.dissects !== true;
    return isIndented ? this.#markerOf(line.trimStart()) : undefined;
  }

  #take(line: string, format: TraceFormat, marker: TraceMarker): void {
    const { begins = false, head = {}, rest, isOther, ends, cut } = marker;
    this.#hasEnded = ends === true && this.#message !== undefined;
    if (this.#hasEnded) return;
    const isNext = format === this.#format && head.entry !== undefined && head.entry === this.#head.entry;
    if (isNext && rest !== undefined && this.#message !== undefined) return this.#goOn(this.#message, rest);
    this.#finish(cut);
    if (begins || format !== this.#format) {
      this.#release();
      this.#head = {};
      this.#identity = undefined;
      this.#timeMicros = undefined;
      this.#latestOfHead = undefined;
    }
    this.#format = format;
    this.#head = { ...this.#head, ...head };
    this.#isFresh = true;
    if (head.time !== undefined) this.#timeMicros = this.#clock.read(head.time);
    if (isOther === true || cut === true) this.#tellLine(line);
    else if (this.#sink.wantsLines) this.#identity = identityOf(line) ?? this.#identity;
    // Only what is shorter than the line that it was of: it may be a marker itself.
    if (rest !== undefined && rest !== "" && rest.length < line.length) this.#read(rest);
  }

  /** The next entry of a message that the logger cut. */
  #goOn(message: TracedMessage, rest: string): void {
    // The cut fell between two lines.
    if (this.#heldBlank) this.#role(message.push(rest));
    else if (rest === "") this.#joinsNext = true;
    else this.#role(message.pushRest(rest));
    this.#heldBlank = false;
  }

  /** In HEP the packet says who reported the message, and to whom. */
  #noticeReport(text: string): void {
    if (text.includes("HEP3")) this.#head = { time: this.#head.time };
  }

  /** Any other line: its time is that of a message which has none of its own. */
  #pass(line: string): void {
    const time = logTimeAt(line);
    // The address of an interface, at the beginning of a packet in hexadecimal, may look like a time of day.
    if (time !== undefined && hexBytes(line) === undefined) this.#clock.read(time);
    if (this.#format?.isCapture === true) this.#noticeReport(line);
    else this.#tellLine(line);
    if (this.#format?.keepsHead !== true) this.#isFresh = false;
  }

  /** Lines that only draw something say nothing. The time has its own place. */
  #tellLine(line: string): void {
    if (!this.#sink.wantsLines || !WORD.test(line)) return;
    const said = line.slice(logTimeAt(line)?.end ?? 0).replace(/^[\]:| ]+/, "");
    const shown = latin1Bytes(said.slice(0, LINE_SHOWN).trim());
    this.#outlet.line(this.#clock.latestMicros, decodeText(shown, 0, shown.length), identityOf(line));
  }

  #startOf(line: string, isEscaped: boolean): number {
    const { startLine } = this.#head;
    if (this.#isFresh && startLine !== undefined) {
      const at = line.indexOf(startLine);
      if (at >= 0) return at;
    }
    const own = this.#isFresh ? this.#format?.startLineAt?.(line) : undefined;
    if (own !== undefined && own >= 0) return own;
    const at = startLineAt(line, isEscaped);
    // A broken status line right behind a marker is what somebody wants to see explained.
    return at < 0 && this.#isFresh && line.trimStart().startsWith("SIP/") ? line.indexOf("SIP/") : at;
  }

  #begin(line: string, start: number, isEscaped: boolean): void {
    this.#finish();
    const prefix = line.slice(0, start);
    // What stands before it by its format's own word is not on the other lines.
    const isOwn = prefix.trim() !== "" && this.#isFresh && this.#format?.startLineAt !== undefined;
    this.#prefix = prefix === "" || isOwn ? undefined : linePrefixOf(prefix);
    if (!this.#isFresh) {
      this.#release();
      this.#format = undefined;
      this.#head = {};
      this.#identity = undefined;
      this.#timeMicros = undefined;
    }
    if (isOwn) this.#noticeReport(prefix);
    const time = prefix === "" ? undefined : logTimeAt(prefix);
    if (time !== undefined) this.#timeMicros = this.#clock.read(time);
    this.#interruptions = 0;
    const isSure = isEscaped || this.#head.entry !== undefined;
    this.#message = new TracedMessage(this.#stripped(line.slice(start)) ?? "", isSure);
  }

  /** False if the line is not of the message. */
  #continue(line: string): boolean {
    const message = this.#message!;
    const text = this.#prefix === undefined ? line : this.#prefix.strip(line);
    const stripped = text === undefined ? undefined : this.#stripped(text);
    if (text !== undefined && stripped === undefined) return true;
    const role = stripped === undefined ? "foreign" : pushLines(message, stripped);
    if (role === "foreign" && this.#interrupts(line)) return true;
    this.#role(role);
    return role !== "foreign";
  }

  /** Another program, or another part of the same one, wrote a line while the message was being written: that goes on behind it. */
  #interrupts(line: string): boolean {
    if (logTimeAt(line) === undefined || startLineAt(line) >= 0 || this.#interruptions >= MOST_INTERRUPTIONS)
      return false;
    this.#interruptions++;
    this.#timeMicros ??= this.#clock.take();
    this.#pass(line);
    return true;
  }

  #role(role: LineRole): void {
    if (role !== "taken") this.#finish();
  }

  #stripped(line: string): string | undefined {
    return this.#format?.strip === undefined ? line : this.#format.strip(line);
  }

  /** A packet in hexadecimal is a frame like those of a capture. */
  #finishDump(): void {
    const bytes = this.#dump.take();
    if (bytes === undefined) return;
    this.#finish();
    const isStream = this.#format === followStream || this.#dump.isContinued;
    const head = isStream ? { ...this.#head, swapped: this.#dump.isOfSecondSide } : this.#head;
    const sides = sidesOf(head);
    const found = dumped(bytes, head, sides);
    this.#dump.goesOn(isStream || found === "message");
    if (found === undefined || (isStream && found !== "message")) return;
    const format = this.#format?.name ?? "hex";
    const now = this.#now();
    const isCapture = this.#format?.isCapture === true;
    // It is the packet whose dissection came before it.
    if (this.#head.dumpsPayload !== true && this.#head.isSecure !== true) this.#dissected = [];
    if (found === "message") {
      this.#count(format);
      this.#outlet.message(now, bytes, { ...sides, cut: false, identity: this.#identity }, isCapture);
    } else this.#emitPacket(format, now, found);
  }

  /** False where they are neither a message nor a packet of IP. */
  #takeCells(line: string, { bytes, head }: HexCells): boolean {
    // A followed stream names both sides once, and has a tab before what the second one sent.
    const isFollowed = head.source === undefined && this.#format?.isCapture === true;
    const known = isFollowed ? { ...this.#head, swapped: line.startsWith("\t") } : head;
    const found = dumped(bytes, {}, sidesOf(known));
    if (found !== "message" && (found === undefined || !holdsIp(found))) return false;
    this.#finish();
    this.#release();
    const micros = head.time === undefined ? this.#now() : this.#clock.read(head.time);
    if (head.time !== undefined) this.#clock.take();
    if (found !== "message") this.#emitPacket("hex", micros, found);
    else {
      this.#count("hex");
      this.#outlet.message(micros, bytes, { ...sidesOf(known), cut: false }, true);
    }
    return true;
  }

  #emitPacket(format: string, timeMicros: number | undefined, packet: PacketBytes): void {
    this.#count(format);
    this.#outlet.packet(timeMicros, packet);
  }

  #finish(saidCut?: boolean): void {
    if (this.#heldBlank && this.#message !== undefined) this.#message.push("");
    this.#heldBlank = false;
    this.#hasEnded = false;
    const found = this.#message?.finish(saidCut);
    this.#message = undefined;
    this.#joinsNext = false;
    if (found === undefined || this.#head.isQuoted === true || this.#isRepeated(found.bytes)) return;
    const format = this.#format?.name ?? "text";
    this.#latestOfHead = found.bytes;
    const logged = { ...sidesOf(this.#head), cut: found.cut, identity: this.#identity };
    const isCapture = this.#format?.isCapture === true;
    const now = this.#now();
    const emit = (): void => {
      this.#count(format);
      this.#outlet.message(now, found.bytes, logged, isCapture);
    };
    if (this.#format?.dissects === true) this.#dissected.push(emit);
    else emit();
  }

  #release(): void {
    const dissected = this.#dissected;
    this.#dissected = [];
    for (const emit of dissected) emit();
  }

  #count(format: string): void {
    this.counts.set(format, (this.counts.get(format) ?? 0) + 1);
  }

  /** `tcpdump -v -A` shows the same message twice, once read and once as it was; the log may end before the second one does. */
  #isRepeated(bytes: Uint8Array): boolean {
    const latest = this.#latestOfHead;
    return this.#format?.isCapture === true && latest !== undefined && startsWith(latest, bytes);
  }

  /** Without a time of its own a message has that of the line before it, which is none of the message after it. */
  #now(): number | undefined {
    const latestMicros = this.#clock.take();
    return this.#timeMicros ?? latestMicros;
  }
}

/** What was sent over a terminal, or as text by something that thinks it was not yet, ends in several. */
function withoutLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && line.charCodeAt(end - 1) === CR) end--;
  return line.slice(0, end);
}

/** A format may have put two lines into one. */
function pushLines(message: TracedMessage, text: string): LineRole {
  let role: LineRole = "taken";
  for (const line of text.split("\n")) if (role === "taken") role = message.push(line);
  return role;
}

const LAST_BREAK = /(?:<br ?\/?>|<\/(?:div|p|li|tr)>)$/;

/** Inside a line it is one where other characters are escaped as well. */
function breakIn(line: string): RegExp | string {
  return line.includes("&lt;") || line.startsWith("<") ? /<br ?\/?>|<\/(?:div|p|li|tr)>/ : "\r";
}

const WORD = /[A-Za-z0-9]/;

function sidesOf(head: TraceHead): Omit<Logged, "cut"> {
  const { direction, swapped, ipId = 0 } = head;
  const transport = transportOf(head);
  const from = withPort(head.source, head.sourcePort);
  const to = withPort(head.destination, head.destinationPort);
  return { transport, direction, source: swapped ? to : from, destination: swapped ? from : to, ipId };
}

function transportOf({ transport = "udp", isSecure, inWebSocket }: TraceHead): Transport {
  if (inWebSocket === true) return isSecure === true ? "wss" : "ws";
  return isSecure === true ? "tls" : transport;
}

function withPort(side: HostPort | undefined, port: number | undefined): HostPort | undefined {
  return side === undefined || port === undefined ? side : { host: side.host, port };
}

/** Apart from white space: where a line ends early, what it has may stand as a folded line behind the one before. */
function startsWith(whole: Uint8Array, part: Uint8Array): boolean {
  let at = 0;
  for (const byte of part) {
    if (byte <= SPACE) continue;
    while (at < whole.length && whole[at] <= SPACE) at++;
    if (whole[at++] !== byte) return false;
  }
  return true;
}
