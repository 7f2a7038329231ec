import type { Frame } from "../capture/frame.ts";
import type { Incident } from "../capture/incident.ts";
import type { InputCounts } from "./inputCounts.ts";
import { NetworkLayers } from "./networkLayers.ts";
import type { Endpoint, NetworkEvent, Packet } from "./packet.ts";
import type { TlsCrypto } from "./tls/tlsCrypto.ts";
import { type KeySource, TlsKeys } from "./tls/tlsKeys.ts";

export interface NetworkDecoderOptions {
  /** One for each SIP message. One that had to wait, for fragments or behind a hole in a stream, may come after later ones. */
  onPacket(packet: Packet): void;
  onEvent(event: NetworkEvent): void;
  /** A datagram of empty lines, which keeps a NAT binding alive. RFC 5626 §4.4.1 */
  onKeepAlive?(source: Endpoint, timeMicros: number): void;
  /** Called from `flush`: incidents are counted over a whole capture. */
  onIncident(incident: Incident): void;
  /** Called from `flush` for each capture that had frames: what was found in it. */
  onCounts?(capture: number, counts: InputCounts): void;
  /** The platform's primitives; without them no TLS record is opened. */
  readonly tlsCrypto?: TlsCrypto;
}

/** Frames to the SIP messages they carry. The captures of one analysis may come mixed; their flows are kept apart. */
export class NetworkDecoder {
  readonly #options: NetworkDecoderOptions;
  readonly #captures: Map<number, NetworkLayers> = new Map();
  /** Of all captures: a connection may be in one and its secrets in another. */
  readonly #keys: TlsKeys;
  #latest: NetworkLayers | undefined;
  #latestCapture = -1;

  constructor(options: NetworkDecoderOptions) {
    this.#options = options;
    this.#keys = new TlsKeys(options.tlsCrypto);
  }

  /**
   * Secrets of TLS connections, as lines of a key log. `source`: more may come from there, so that from now on connections wait for theirs,
   * and what they carried is handed on when these have come.
   */
  addKeyLog(log: string, source?: KeySource): void {
    this.#keys.add(log, source);
  }

  push(frame: Frame): void {
    if (frame.capture !== this.#latestCapture || this.#latest === undefined) {
      this.#latest = this.#layersOf(frame.capture);
      this.#latestCapture = frame.capture;
    }
    this.#latest.push(frame);
  }

  /** True where bytes of frames that were pushed since it was asked last may be kept, as a fragment or a segment is. */
  mayHaveKept(): boolean {
    let may = false;
    for (const layers of this.#captures.values()) {
      may ||= layers.mayKeep;
      layers.mayKeep = false;
    }
    return may;
  }

  /** Hands on what is known of RTP streams and connectivity checks by now, which else is done every few seconds. */
  tellStreams(nowMicros: number): void {
    for (const { rtp, checks } of this.#captures.values()) {
      rtp.tell(nowMicros);
      checks.tell(nowMicros);
    }
  }

  /** No more frames come: gives up waiting, tells what was counted, forgets all flows. */
  flush(): void {
    for (const layers of this.#captures.values()) {
      layers.flush();
      if (this.#keys.forgotten > 0) layers.tally.count("limit-reached", undefined, { limit: "tls-secrets" });
      layers.tally.flush((incident) => this.#options.onIncident(incident));
      this.#options.onCounts?.(layers.capture, layers.counts);
    }
    this.#captures.clear();
    this.#latest = undefined;
    this.#latestCapture = -1;
  }

  #layersOf(capture: number): NetworkLayers {
    const known = this.#captures.get(capture);
    if (known !== undefined) return known;
    const { onPacket, onEvent, onKeepAlive } = this.#options;
    const layers = new NetworkLayers(
      capture,
      (packet) => onPacket.call(this.#options, packet),
      (event) => onEvent.call(this.#options, event),
      (source, timeMicros) => onKeepAlive?.call(this.#options, source, timeMicros),
      this.#keys,
    );
    this.#captures.set(capture, layers);
    return layers;
  }
}
