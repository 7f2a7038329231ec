import { headerField, type HeaderField } from "./headerField.ts";
import { parseParams, type Params } from "./params.ts";

/** Charging data that the elements of one network share. */
export interface PChargingVector {
  /** Identifies the session across elements. */
  readonly icidValue?: string;
  readonly params: Params;
}

/** Charging data that the elements of one network share. RFC 7315 §4.6 */
export const pChargingVector: HeaderField<PChargingVector> = headerField({
  name: "P-Charging-Vector",
  single: true,
  citation: "RFC 7315 §4.6",
  parse(text) {
    const params = parseParams(text);
    return { icidValue: params.get("icid-value"), params };
  },
});
