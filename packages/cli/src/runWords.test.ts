import { expect, test } from "vitest";
import { isReference } from "./isReference.ts";

const none = (): boolean => false;
const all = (): boolean => true;

test("three digits and the words of the reference are looked up", () => {
  for (const words of [
    ["502"],
    ["202", "502"],
    ["q850", "38"],
    ["warning", "304"],
    ["reason", "Q.850"],
    ["codes"],
    ["search", "busy"],
  ])
    expect(isReference(words, none)).toBe(true);
});

test("a file of that name is explained instead", () => {
  for (const words of [["502"], ["codes"]]) expect(isReference(words, all)).toBe(false);
});

test("anything else is a file", () => {
  for (const word of ["call.pcap", "5020", "50", "-", "code"]) expect(isReference([word], none)).toBe(false);
});
