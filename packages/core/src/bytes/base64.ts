const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((character, value) => [character, value]));

/** What a text of base64 stands for; undefined for another one. */
export function base64Bytes(text: string): Uint8Array | undefined {
  const decoder = new Base64Decoder();
  const bytes = decoder.push(text);
  return decoder.isAll ? bytes : undefined;
}

/** Decodes a text in pieces, blanks and line ends passed over, up to anything else. */
export class Base64Decoder {
  #bits = 0;
  #bitCount = 0;
  #hasEnded = false;
  /** Everything was of it, but for the `=` at its end. */
  isAll = true;

  push(text: string): Uint8Array {
    const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4) + 1);
    let length = 0;
    for (const character of text) {
      if (this.#hasEnded) break;
      const value = VALUES.get(character);
      if (value === undefined) {
        this.#hasEnded = character.trim() !== "";
        this.isAll &&= !this.#hasEnded || character === "=";
        continue;
      }
      this.#bits = ((this.#bits << 6) | value) & 0xffff;
      this.#bitCount += 6;
      if (this.#bitCount < 8) continue;
      this.#bitCount -= 8;
      bytes[length++] = (this.#bits >> this.#bitCount) & 255;
    }
    return bytes.subarray(0, length);
  }
}
