import { utf8Text } from "./utf8Text.ts";

/** Makes characters of units of UTF-16, which come one after the other. */
export class Utf16Units {
  /** The first half of a pair of surrogates. */
  #high = 0;

  /** As `utf8Text`; nothing for the first half of a pair, whose second half gives the character. */
  textOf(unit: number): string {
    const high = this.#high;
    this.#high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
    if (this.#high > 0) return "";
    const isPair = high > 0 && unit >= 0xdc00 && unit < 0xe000;
    return utf8Text(isPair ? 0x10000 + (high - 0xd800) * 1024 + unit - 0xdc00 : unit);
  }
}
