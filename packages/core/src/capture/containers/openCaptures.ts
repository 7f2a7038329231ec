import { isCapture } from "../captureReader.ts";
import { type ByteSource, headOf } from "./byteSource.ts";
import { CONTAINER_HEAD, containerKind, type ContainerKind } from "./containerKind.ts";
import { containerLimits } from "./containerLimits.ts";
import { decodedText } from "./decodedText.ts";
import { gunzip, inflate } from "./inflate.ts";
import type { ContainerReading, Member } from "./member.ts";
import { tarMembers } from "./tar.ts";
import { textEncodingOf } from "./textEncoding.ts";
import { type Decompressor, UnpackBudget, type UnplacedIncident, unpacked } from "./unpacking.ts";
import { zipMembers } from "./zip.ts";

/** One capture, unpacked as it is read. */
export interface OpenedCapture {
  /** `traces.tar.gz/day1.pcap` of a member. */
  readonly name: string;
  /** The input that it is a member of. */
  readonly container?: string;
  readonly chunks: ByteSource;
  /** What was found out about it so far: complete when `chunks` are read. */
  readonly incidents: readonly UnplacedIncident[];
}

export interface OpenOptions {
  /** Unpacks zstd (RFC 8878), where the platform or a package can. */
  readonly unzstd?: Decompressor;
}

/**
 * The captures of an input: itself, or what it is packed with or holds (gzip, zstd, tar, zip, in each other). Told by content. Of one that
 * cannot be unpacked it is said why. A capture that is only packed is read as a stream; members of a container are held.
 */
export function openCaptures(name: string, source: ByteSource, options: OpenOptions): Promise<OpenedCapture[]> {
  const budget = new UnpackBudget();
  return new Opening(name, budget, options).open(name, budget.counted(source), 0, []);
}

interface Opened extends OpenedCapture {
  readonly incidents: UnplacedIncident[];
}

const NOTHING: readonly Uint8Array[] = [];

/** Opens all that is in one input. */
class Opening {
  readonly #input: string;
  readonly #budget: UnpackBudget;
  readonly #options: OpenOptions;
  #members = 0;
  #heldBytes = 0;

  constructor(input: string, budget: UnpackBudget, options: OpenOptions) {
    this.#input = input;
    this.#budget = budget;
    this.#options = options;
  }

  async open(name: string, source: ByteSource, depth: number, incidents: UnplacedIncident[]): Promise<Opened[]> {
    const head = await headOf(source, CONTAINER_HEAD);
    const kind = containerKind(head.bytes);
    const isEncoded = kind === undefined && textEncodingOf(head.bytes) !== undefined;
    if (kind === undefined && !isEncoded) return this.#capture(name, head.source, head.bytes, incidents);
    if (depth >= containerLimits["container-depth"]) {
      return this.#refuse(name, head.source, incidents, {
        kind: "limit-reached",
        values: { limit: "container-depth" },
      });
    }
    if (kind === "tar")
      return this.#openMembers(name, tarMembers(head.source, this.#reading(incidents)), depth, incidents);
    if (kind === "zip")
      return this.#openMembers(name, zipMembers(head.source, this.#reading(incidents)), depth, incidents);
    const decompress = kind === undefined ? decodedText : this.#decompressor(kind);
    if (decompress === undefined) {
      return this.#refuse(name, head.source, incidents, {
        kind: "container-unread",
        values: { container: String(kind) },
      });
    }
    const tell = (incident: UnplacedIncident): void => void incidents.push(incident);
    return this.open(name, unpacked(head.source, decompress, this.#budget, tell), depth + 1, incidents);
  }

  #decompressor(kind: ContainerKind): Decompressor | undefined {
    if (kind === "gzip") return gunzip;
    return kind === "zstd" ? this.#options.unzstd : undefined;
  }

  /** Of a container only what may be a capture: what else lies in it is counted. */
  #capture(name: string, chunks: ByteSource, head: Uint8Array, incidents: UnplacedIncident[]): Opened[] {
    const isMember = name !== this.#input;
    if (isMember && isCapture(head) === false) return [];
    return [{ name, ...(isMember ? { container: this.#input } : {}), chunks, incidents }];
  }

  async #openMembers(
    name: string,
    members: AsyncGenerator<Member>,
    depth: number,
    incidents: UnplacedIncident[],
  ): Promise<Opened[]> {
    const found: Opened[] = [];
    for await (const member of members) {
      if (++this.#members > containerLimits["container-members"]) {
        incidents.push({ kind: "limit-reached", values: { limit: "container-members" } });
        break;
      }
      if (isLitter(member)) continue;
      const opened = await this.#openMember(`${name}/${member.name}`, member, depth);
      if (opened.length === 0) incidents.push({ kind: "members-skipped" });
      found.push(...opened);
    }
    if (found.length === 0) return this.#capture(name, NOTHING.values(), new Uint8Array(0), incidents);
    // What is to be said of the container is said with its first capture.
    found[0].incidents.push(...incidents);
    return found;
  }

  #openMember(name: string, member: Member, depth: number): Promise<Opened[]> {
    for (const { length } of member.chunks) this.#heldBytes += length;
    const incidents: UnplacedIncident[] = member.isCut ? [{ kind: "file-cut" }] : [];
    const tell = (incident: UnplacedIncident): void => void incidents.push(incident);
    const chunks = eachOf(member.chunks);
    const source = member.isDeflated === true ? unpacked(chunks, inflate, this.#budget, tell) : chunks;
    return this.open(name, source, depth + 1, incidents);
  }

  #reading(incidents: UnplacedIncident[]): ContainerReading {
    return {
      tell: (incident) => void incidents.push(incident),
      room: () => containerLimits["container-bytes"] - this.#heldBytes,
    };
  }

  async #refuse(
    name: string,
    source: AsyncGenerator<Uint8Array>,
    incidents: UnplacedIncident[],
    why: UnplacedIncident,
  ): Promise<Opened[]> {
    await source.return(undefined);
    incidents.push(why);
    return this.#capture(name, NOTHING.values(), new Uint8Array(0), incidents);
  }
}

/** What systems leave in archives beside the files: macOS its resource forks, as `._name` and in a folder of its own. */
function isLitter({ name, chunks }: Member): boolean {
  const isEmpty = chunks.every(({ length }) => length === 0);
  return isEmpty || name.startsWith("__MACOSX/") || name.slice(name.lastIndexOf("/") + 1).startsWith("._");
}

async function* eachOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
