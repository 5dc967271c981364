import { describe, expect, it } from "vitest";
import type { ParameterView } from "#engine/contract/views/definitions.ts";
import {
  boundsProblem,
  boundsText,
  sameValue,
  valueWithUnit,
} from "../../../studio/features/parameters/parameter-words.ts";

const parameter = (extra: Partial<ParameterView>): ParameterView => ({
  sheet: { kind: "parameters", id: "care", title: "Customer care" },
  name: "resolveDays",
  title: "Days until doorstep service",
  description: null,
  type: "days",
  unit: null,
  default: 15,
  min: 1,
  max: 60,
  of: null,
  value: 15,
  version: 0,
  mayEdit: true,
  usedBy: [],
  history: [],
  ...extra,
});

describe("ST7: a parameter on the sheet", () => {
  it("is shown with its unit and its bounds", () => {
    expect(valueWithUnit(parameter({}), 15)).toBe("15 days");
    expect(valueWithUnit(parameter({ type: "workingDays" }), 1)).toBe("1 working day");
    expect(valueWithUnit(parameter({ type: "percent" }), 0.85)).toBe("85 %");
    expect(boundsText(parameter({}))).toBe("1 to 60 days");
    expect(boundsText(parameter({ min: null, max: null }))).toBe("anything");
    expect(boundsText(parameter({ type: "percent", min: 0.5, max: null }))).toBe("at least 50 %");
  });
  it("refuses a value out of bounds before it is sent", () => {
    expect(boundsProblem(parameter({}), 12)).toBeNull();
    expect(boundsProblem(parameter({}), 61)).toBe("Allowed is 1 to 60 days.");
    expect(boundsProblem(parameter({}), 0)).toBe("Allowed is 1 to 60 days.");
    expect(boundsProblem(parameter({}), 2.5)).toBe("Give a whole number.");
    expect(boundsProblem(parameter({}), null)).toBe("Give a value.");
    expect(boundsProblem(parameter({ type: "choice", default: "a", of: ["a", "b"] }), "c")).toBe(
      "Choose one of the list.",
    );
  });
  it("knows a decimal as text and as number as the same value", () => {
    expect(sameValue("0.80", 0.8)).toBe(true);
    expect(sameValue("0.8", "0.9")).toBe(false);
    expect(sameValue(true, 1)).toBe(false);
  });
});
