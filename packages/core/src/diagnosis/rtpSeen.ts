import type { Incident } from "../capture/incident.ts";
import { wayText } from "../network/endpoint.ts";
import type { Endpoint, RtpStream } from "../network/packet.ts";
import { RecentMap } from "../network/recentMap.ts";
import { extentOf, isDense } from "./streamExtent.ts";

/** The streams of thousands of calls at a time, and of those that have just ended. */
const MAX_STREAMS = 65_536;
/** Of one port: load generators use the same for all of their calls. */
const MAX_OF_SIDE = 256;
/** A second of audio. */
const LEAST_PACKETS = 50;

const NOTHING: readonly never[] = [];

/** The latest streams from and to one endpoint. */
interface Side {
  readonly streams: Map<string, RtpStream>;
  /** All are known that had packets after this time. */
  forgottenUntilMicros: number;
}

/** The RTP streams that were seen, whoever they belong to, to be asked for when a call is judged. */
export class RtpSeen {
  /** By their two sides, their source and their beginning. */
  readonly #streams: RecentMap<string, RtpStream> = new RecentMap(MAX_STREAMS, (dropped) => this.#drop(dropped));
  readonly #sides: Map<string, Side> = new Map();
  /** Pairs of addresses, the sender's first, between which there are streams, and how many. */
  readonly #ways: Map<string, number> = new Map();
  #forgottenUntilMicros = Number.NEGATIVE_INFINITY;
  #dropped = 0;
  #hasAudio = false;

  /** True where a stream was seen that is long and dense enough to be somebody's voice. */
  get hasAudio(): boolean {
    return this.#hasAudio;
  }

  /** A stream, or what is known of one by now that was pushed before. */
  push(stream: RtpStream): void {
    const key = keyOf(stream);
    const isNew = this.#streams.get(key) === undefined;
    for (const { text } of [stream.source, stream.destination]) this.#put(text, key, stream);
    this.#hasAudio ||= stream.packets >= LEAST_PACKETS && isDense(extentOf([stream]));
    if (isNew) this.#ways.set(wayOf(stream), (this.#ways.get(wayOf(stream)) ?? 0) + 1);
    this.#streams.set(key, stream);
  }

  /** Those to this endpoint that had packets in that time. */
  to({ text }: Endpoint, sinceMicros: number, untilMicros: number): RtpStream[] {
    return this.#at(text, sinceMicros, untilMicros).filter(({ destination }) => destination.text === text);
  }

  /** Those from this endpoint. */
  from({ text }: Endpoint, sinceMicros: number, untilMicros: number): RtpStream[] {
    return this.#at(text, sinceMicros, untilMicros).filter(({ source }) => source.text === text);
  }

  /** True where RTP was seen from one of these addresses to the other, in whatever call. */
  goes(from: Endpoint, to: Endpoint): boolean {
    return this.#ways.has(`${from.address} ${to.address}`);
  }

  /** True where all streams from and to this endpoint are known that had packets after this time. */
  knowsAllOf({ text }: Endpoint, sinceMicros: number): boolean {
    const forgotten = this.#sides.get(text)?.forgottenUntilMicros ?? Number.NEGATIVE_INFINITY;
    return Math.max(forgotten, this.#forgottenUntilMicros) < sinceMicros;
  }

  incident(): Incident | undefined {
    if (this.#dropped === 0) return undefined;
    return { kind: "limit-reached", capture: 0, count: this.#dropped, values: { limit: "rtp-streams" } };
  }

  #at(text: string, sinceMicros: number, untilMicros: number): readonly RtpStream[] {
    const side = this.#sides.get(text);
    if (side === undefined) return NOTHING;
    const streams = [...side.streams.values()].filter(
      ({ firstMicros, timeMicros }) => timeMicros >= sinceMicros && firstMicros <= untilMicros,
    );
    if (streams.every(({ capture }) => capture === streams[0].capture)) return streams;
    return streams.filter((stream) => !streams.some((other) => isBetterSeen(other, stream)));
  }

  #put(text: string, key: string, stream: RtpStream): void {
    let side = this.#sides.get(text);
    if (side === undefined) {
      side = { streams: new Map(), forgottenUntilMicros: Number.NEGATIVE_INFINITY };
      this.#sides.set(text, side);
    }
    side.streams.set(key, stream);
    if (side.streams.size <= MAX_OF_SIDE) return;
    const [[oldest, { timeMicros }]] = side.streams;
    side.streams.delete(oldest);
    side.forgottenUntilMicros = Math.max(side.forgottenUntilMicros, timeMicros);
  }

  #drop(streams: Iterable<RtpStream>): void {
    for (const stream of streams) {
      this.#dropped++;
      this.#forgottenUntilMicros = Math.max(this.#forgottenUntilMicros, stream.timeMicros);
      for (const { text } of [stream.source, stream.destination]) {
        const side = this.#sides.get(text);
        side?.streams.delete(keyOf(stream));
        if (side?.streams.size === 0) this.#sides.delete(text);
      }
      const way = wayOf(stream);
      const left = this.#ways.get(way)! - 1;
      if (left === 0) this.#ways.delete(way);
      else this.#ways.set(way, left);
    }
  }
}

function keyOf({ source, destination, ssrc, firstMicros }: RtpStream): string {
  return `${wayText(source, destination)} ${ssrc} ${firstMicros}`;
}

function wayOf({ source, destination }: RtpStream): string {
  return `${source.address} ${destination.address}`;
}

/** The same stream in another capture, where more of it was seen. */
function isBetterSeen(other: RtpStream, stream: RtpStream): boolean {
  if (other.capture === stream.capture || other.ssrc !== stream.ssrc) return false;
  if (wayText(other.source, other.destination) !== wayText(stream.source, stream.destination)) return false;
  if (other.firstMicros > stream.timeMicros || stream.firstMicros > other.timeMicros) return false;
  return other.packets > stream.packets || (other.packets === stream.packets && other.capture < stream.capture);
}
