import { describe, expect, it } from "vitest";
import {
  fieldsToCorrect,
  type MoveDraft,
  moveCommand,
  stepsToMoveTo,
} from "../../../studio/features/cases/move-commands.ts";

const EMPTY: MoveDraft = { type: "move", to: null, from: null, person: null, field: null, value: undefined };
const WORKFLOW = {
  kind: "workflow",
  start: "ask",
  data: { rating: { type: "number", title: "Rating" }, verdict: { type: "choice", of: ["keep", "end"] } },
  steps: {
    ask: { kind: "form", title: "Ask", on: {} },
    frame: { kind: "group", title: "Frame", start: "inner", steps: { inner: { kind: "end", title: "Inner" } }, on: {} },
  },
};

describe("acting on cases by hand (RC11)", () => {
  it("is a command only when everything is there", () => {
    expect(moveCommand(EMPTY, "why")).toBeNull();
    expect(moveCommand({ ...EMPTY, to: "ask" }, "why")).toEqual({ type: "move", to: "ask", reason: "why" });
    expect(moveCommand({ ...EMPTY, type: "cancel" }, "why")).toEqual({ type: "cancel", reason: "why" });
    expect(moveCommand({ ...EMPTY, type: "set-data", field: "rating" }, "why")).toBeNull();
    expect(moveCommand({ ...EMPTY, type: "set-data", field: "rating", value: 0 }, "why")).toEqual({
      type: "set-data",
      data: { rating: 0 },
      reason: "why",
    });
    expect(moveCommand({ ...EMPTY, type: "transfer", from: "ana", person: "ana" }, "why")).toBeNull();
    expect(moveCommand({ ...EMPTY, type: "transfer", from: "ana", person: "ben" }, "why")).toEqual({
      type: "transfer",
      from: "ana",
      to: "ben",
      reason: "why",
    });
  });

  it("offers the steps of the drawing with their frame, and the fields with their choices", () => {
    expect(stepsToMoveTo(WORKFLOW)).toEqual([
      { value: "ask", label: "Ask" },
      { value: "frame", label: "Frame" },
      { value: "inner", label: "Frame: Inner" },
    ]);
    expect(fieldsToCorrect(WORKFLOW)).toEqual([
      { value: "rating", label: "Rating", type: "number", of: [] },
      { value: "verdict", label: "Verdict", type: "choice", of: ["keep", "end"] },
    ]);
  });
});
