import { describe, expect, it } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { likelyGrain } from "../../../studio/features/simulate/likely-grain.ts";

const given = (document: object): Definition => {
  const read = parse(document as never);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.definition;
};
const workflow = (title: string) =>
  given({
    kind: "workflow",
    schema: 1,
    id: "talk",
    title,
    subject: "person",
    start: "end",
    steps: { end: { kind: "end", title: "Over", outcome: "over" } },
  });
const cadence = given({
  kind: "cadence",
  schema: 1,
  id: "often",
  title: "Often",
  starts: { workflow: "talk" },
  every: "RRULE:FREQ=MONTHLY",
  period: "previous-quarter",
});

describe("the period a simulation begins with", () => {
  it("follows the title of the workflow", () => {
    expect(likelyGrain(workflow("Annual review"), catalogueOf([]))).toBe("year");
    expect(likelyGrain(workflow("Quarterly check-in"), catalogueOf([]))).toBe("quarter");
    expect(likelyGrain(workflow("Half-year talk"), catalogueOf([]))).toBe("half");
  });
  it("follows the cadence that starts it before its title", () => {
    expect(likelyGrain(workflow("Annual review"), catalogueOf([cadence]))).toBe("quarter");
  });
  it("is left open where nothing tells", () => {
    expect(likelyGrain(workflow("Probation"), catalogueOf([]))).toBeUndefined();
  });
});
