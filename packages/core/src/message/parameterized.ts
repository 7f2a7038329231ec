import { SEMICOLON } from "../bytes/ascii.ts";
import { areParams, parseParams, type Params } from "./params.ts";
import { indexOutside } from "./splitOutside.ts";
import { trimEnd } from "./token.ts";

/** A value and its parameters: the shape of most header fields that are no address. */
export interface Parameterized {
  readonly value: string;
  readonly params: Params;
}

/** Reads `value;a=b;c`. */
export function parseParameterized(text: string): Parameterized {
  const semicolon = indexOutside(text, SEMICOLON, 0);
  const end = semicolon < 0 ? text.length : semicolon;
  return { value: text.slice(0, trimEnd(text, 0, end)), params: parseParams(text.slice(end)) };
}

/** `field-syntax` where the parameters after the value break the grammar. RFC 3261 §25.1 generic-param */
export function paramsFlaw(text: string): "field-syntax" | undefined {
  const semicolon = indexOutside(text, SEMICOLON, 0);
  return semicolon < 0 || areParams(text.slice(semicolon)) ? undefined : "field-syntax";
}
