import { expect, test } from "vitest";
import { citedSections } from "./citations.ts";

test("every section of a list is cited, appendices too", () => {
  expect(citedSections("RFC 3261 §21.4.24, §21.6.1. RFC 5057 §5.1 and RFC 791 §3.1; RFC 5630 §A.1; RFC 2543")).toEqual([
    { rfc: "3261", section: "21.4.24" },
    { rfc: "3261", section: "21.6.1" },
    { rfc: "5057", section: "5.1" },
    { rfc: "791", section: "3.1" },
    { rfc: "5630", section: "A.1" },
  ]);
});
