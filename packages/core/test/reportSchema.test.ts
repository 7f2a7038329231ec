import { expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import type { Report } from "../src/diagnosis/report.ts";
import { jsonView } from "../src/view/json.ts";
import {
  answeredCall,
  busyCall,
  failedCall,
  messages,
  registration,
  reportOf,
  timedOutCall,
} from "../src/view/report.fixture.ts";
import { reportSchema } from "./reportSchema.ts";

const audio = [
  {
    source: "10.9.0.10:4000",
    destination: "10.9.0.30:5000",
    protocol: "SRTP" as const,
    packets: 50,
    startTime: answeredCall.startTime,
    durationSeconds: 1,
  },
];
const full = reportOf([{ ...failedCall, messages }, { ...answeredCall, audio }, busyCall, timedOutCall, registration]);

test("the type of the report and its schema say the same", () => {
  expectTypeOf<z.infer<typeof reportSchema>>().toExtend<Report>();
  expectTypeOf<Report>().toExtend<z.infer<typeof reportSchema>>();
  expectTypeOf<keyof z.infer<typeof reportSchema>["calls"][number]>().toEqualTypeOf<keyof Report["calls"][number]>();
  expectTypeOf<keyof z.infer<typeof reportSchema>["findings"][number]>().toEqualTypeOf<
    keyof Report["findings"][number]
  >();
});

test("report.schema.json is what the schema says; `vitest -u` writes it", async () => {
  const schema = z.toJSONSchema(reportSchema, {
    target: "draft-2020-12",
    io: "input",
    override: ({ jsonSchema }) => delete jsonSchema.readOnly,
  });
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot("../report.schema.json");
});

test("what the JSON view prints fits the schema, with no property that the schema does not know", () => {
  const printed: unknown = JSON.parse(jsonView(full));
  expect(reportSchema.parse(printed)).toEqual(printed);
});

test.each([
  ["another version", { ...full, version: 2 }],
  [
    "an unknown verdict",
    reportOf([{ ...failedCall, findings: [{ ...failedCall.findings[0], verdict: "sure" as "certain" }] }]),
  ],
  [
    "a frame that is no number",
    reportOf([{ ...failedCall, messages: [{ ...messages[0], frame: "1" as unknown as number }] }]),
  ],
])("a report with %s does not fit", (_what, report) => {
  expect(reportSchema.safeParse(report).success).toBe(false);
});
