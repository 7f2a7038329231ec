import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { PcapRecords } from "./pcapRecords.ts";

/** When to begin another file, and how many to keep. */
export interface Rotation {
  readonly bytes?: number;
  readonly seconds?: number;
  /** The oldest of those that this run wrote are removed. */
  readonly files?: number;
}

/** Writes what is captured into files. What fails is told once; the capture goes on. */
export class CaptureFiles {
  readonly #path: string;
  readonly #rotation: Rotation;
  readonly #now: () => number;
  readonly #onFailure: (path: string, reason: string) => void;
  readonly #records: PcapRecords = new PcapRecords((bytes) => this.#write(bytes));
  /** Those that were not removed again, the oldest first. */
  readonly #written: string[] = [];
  #descriptor = -1;
  #fileBytes = 0;
  #fileSinceMillis = 0;
  #failed = false;
  #count = 0;
  #bytes = 0;

  constructor(
    path: string,
    rotation: Rotation,
    onFailure: (path: string, reason: string) => void,
    now: () => number = Date.now,
  ) {
    this.#path = path;
    this.#rotation = rotation;
    this.#onFailure = onFailure;
    this.#now = now;
  }

  /** Files begun, and bytes written into them; those removed since are in it. */
  get totals(): { readonly files: number; readonly bytes: number; readonly latest: string } {
    return { files: this.#count, bytes: this.#bytes, latest: this.#written.at(-1) ?? "" };
  }

  /** Makes the first file, so that what stands in its way is known at once. False where it cannot be made. */
  open(): boolean {
    return this.#attempt(this.#nextPath(), (path) => this.#begin(path));
  }

  push(chunk: Uint8Array): void {
    if (!this.#failed) this.#records.push(chunk);
  }

  close(): void {
    if (this.#descriptor < 0) return;
    if (this.#fileBytes === 0) this.#append(this.#records.header);
    closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  /** Nothing was captured: takes the empty file away again. */
  discard(): void {
    if (this.#descriptor < 0) return;
    closeSync(this.#descriptor);
    this.#descriptor = -1;
    unlinkSync(this.#written.pop()!);
  }

  #write(bytes: Uint8Array): void {
    this.#attempt(this.#written.at(-1) ?? this.#path, () => {
      if (this.#fileBytes > 0 && this.#isFull(bytes.length)) this.#rotate();
      if (this.#fileBytes === 0) this.#append(this.#records.header);
      this.#append(bytes);
    });
  }

  #isFull(more: number): boolean {
    const { bytes = Infinity, seconds = Infinity } = this.#rotation;
    return this.#fileBytes + more > bytes || this.#now() - this.#fileSinceMillis >= seconds * 1000;
  }

  #rotate(): void {
    this.close();
    this.#begin(this.#nextPath());
    const { files = Infinity } = this.#rotation;
    while (this.#written.length > files) unlinkSync(this.#written.shift()!);
  }

  /** Never over a file that is there: nobody's capture is lost to a name typed twice. It may hold what was said: it is its owner's alone. */
  #begin(path: string): void {
    this.#descriptor = openSync(path, "wx", 0o600);
    this.#written.push(path);
    this.#count++;
    this.#fileBytes = 0;
    this.#fileSinceMillis = this.#now();
  }

  #append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
    this.#fileBytes += bytes.length;
    this.#bytes += bytes.length;
  }

  /** `sip.pcap`; of several `sip-0001-20261122T070411Z.pcap`, by number and the time at which it was begun. */
  #nextPath(): string {
    const { bytes, seconds } = this.#rotation;
    if (bytes === undefined && seconds === undefined) return this.#path;
    const extension = extname(this.#path);
    const time = new Date(this.#now()).toISOString().replaceAll(/[-:]|\.\d+/gu, "");
    const number = String(this.#count + 1).padStart(4, "0");
    return join(dirname(this.#path), `${basename(this.#path, extension)}-${number}-${time}${extension}`);
  }

  #attempt(path: string, write: (path: string) => void): boolean {
    try {
      write(path);
      return true;
    } catch (error) {
      this.#failed = true;
      this.close();
      this.#onFailure(path, (error as NodeJS.ErrnoException).code ?? String(error));
      return false;
    }
  }
}
