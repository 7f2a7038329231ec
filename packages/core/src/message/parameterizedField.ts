import { headerField, type HeaderField } from "./headerField.ts";
import { type Parameterized, paramsFlaw, parseParameterized } from "./parameterized.ts";

/** Defines a header field that lists values with parameters: codings, languages, security mechanisms. */
export function parameterizedField(
  definition: Pick<HeaderField<Parameterized>, "name" | "citation"> & Partial<HeaderField<Parameterized>>,
): HeaderField<Parameterized> {
  return headerField({ list: true, parse: parseValue, flaw: paramsFlaw, ...definition });
}

function parseValue(text: string): Parameterized | undefined {
  const parsed = parseParameterized(text);
  return parsed.value === "" ? undefined : parsed;
}
