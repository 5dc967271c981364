import { describe, expect, it } from "vitest";
import { Workflow } from "#engine/definition/workflow.ts";
import type { Json } from "#engine/words/json.ts";
import { addStep, idForNew } from "../../../studio/document/commands/add-step.ts";
import { changeEvent, connect, setTransition, whyNotConnect } from "../../../studio/document/commands/connect.ts";
import { insertAfter } from "../../../studio/document/commands/insert-after.ts";
import { moveNodes, tidyUp } from "../../../studio/document/commands/move-nodes.ts";
import { copySteps, pasteSteps, readClip } from "../../../studio/document/commands/paste.ts";
import { removeSelection } from "../../../studio/document/commands/remove-selection.ts";
import { renameStep, whyNotId } from "../../../studio/document/commands/rename-step.ts";
import { setField } from "../../../studio/document/commands/set-field.ts";
import { valueAt } from "../../../studio/document/json-value.ts";
import { STEP_KINDS } from "../../../studio/document/workflow/new-step.ts";
import { findStep, stepPlaces, waysOf } from "../../../studio/document/workflow/places.ts";

const review = (): Json => ({
  kind: "workflow",
  schema: 1,
  id: "annual-review",
  title: "Annual review",
  subject: "person",
  start: "self",
  steps: {
    self: {
      kind: "form",
      title: "Self review",
      form: "self",
      actor: { relation: "subject" },
      on: { submitted: "manager" },
    },
    manager: {
      kind: "form",
      title: "Manager review",
      form: "manager",
      actor: { relation: "manager" },
      on: {
        submitted: [
          {
            to: "talks",
            when: {
              all: [{ fact: "step.self.rating", operator: "greaterThan", value: { fact: "step.manager.rating" } }],
            },
          },
          "closed",
        ],
        due: "self",
      },
    },
    talks: {
      kind: "group",
      title: "Talks",
      start: "first",
      steps: {
        first: { kind: "approval", title: "First", actor: { relation: "subject" }, on: { approved: "over" } },
        over: { kind: "end", title: "Over", outcome: "agreed" },
      },
      on: { agreed: "closed" },
    },
    closed: { kind: "end", title: "Closed", outcome: "completed", result: { rating: { fact: "step.manager.rating" } } },
  },
  layout: { self: { x: 0, y: 0 }, manager: { x: 240, y: 0, pinned: true } },
});

describe("commands on a workflow", () => {
  it("adds a step of every kind that the schema accepts, once it is connected", () => {
    for (const { kind } of STEP_KINDS) {
      const id = idForNew(review(), kind);
      const next = addStep({ kind, after: { step: "talks", event: "refused" }, at: { x: 1.4, y: 2 } })(review());
      expect(Workflow.safeParse(next).error?.issues ?? []).toEqual([]);
      expect(valueAt(next, ["steps", "talks", "on", "refused"])).toBe(id);
      expect(valueAt(next, ["layout", id])).toEqual({ x: 1, y: 2 });
    }
  });

  it("makes the first step of an empty workflow its start", () => {
    const next = addStep({ kind: "form" })({ kind: "workflow", start: "", steps: {} });
    expect(valueAt(next, ["start"])).toBe("form");
  });

  it("renames a step and rewrites every reference to it", () => {
    const next = renameStep("manager", "line-manager")(review());
    expect(JSON.stringify(next)).not.toMatch(/"manager"(?!,"title|\}|,"actor)|step\.manager/);
    expect(valueAt(next, ["steps", "self", "on", "submitted"])).toBe("line-manager");
    expect(valueAt(next, ["steps", "closed", "result", "rating", "fact"])).toBe("step.line-manager.rating");
    expect(valueAt(next, ["steps", "line-manager", "form"])).toBe("manager");
    expect(valueAt(next, ["layout", "line-manager", "x"])).toBe(240);
    expect(Object.keys(valueAt(next, ["steps"]) as object)).toEqual(["self", "line-manager", "talks", "closed"]);
    expect(Workflow.safeParse(next).success).toBe(true);
    expect(whyNotId(review(), "manager", "self")).toContain("already");
    expect(whyNotId(review(), "manager", "Not an id")).not.toBeNull();
  });

  it("U07: removes steps with the transitions that led to them, and finds a new start", () => {
    const next = removeSelection({ steps: ["self"] })(review());
    expect(valueAt(next, ["start"])).toBe("manager");
    expect(valueAt(next, ["steps", "manager", "on", "due"])).toBeUndefined();
    expect(valueAt(next, ["layout", "self"])).toBeUndefined();
    const ways = stepPlaces(next).flatMap(waysOf);
    expect(ways.every((way) => findStep(next, way.to))).toBe(true);
  });

  it("removes one way of a list and leaves the other as it was", () => {
    const next = removeSelection({ steps: [], ways: ["manager submitted 0"] })(review());
    expect(valueAt(next, ["steps", "manager", "on", "submitted"])).toBe("closed");
  });

  it("U16: says why a connection cannot be drawn", () => {
    expect(whyNotConnect(review(), "closed", "self")).toContain("end");
    expect(whyNotConnect(review(), "self", "first")).toContain("frame");
    expect(whyNotConnect(review(), "first", "closed")).toContain("frame");
    expect(whyNotConnect(review(), "self", "closed")).toBeNull();
    expect(connect({ from: "closed", event: "done", to: "self" })(review())).toEqual(review());
  });

  it("tries a second way for the same event last, and moves a way to another event with its guard", () => {
    const more = connect({ from: "self", event: "submitted", to: "closed" })(review());
    expect(valueAt(more, ["steps", "self", "on", "submitted"])).toEqual(["manager", "closed"]);
    const way = waysOf(findStep(review(), "manager")!)[0]!;
    const moved = changeEvent(way, "returned")(review());
    expect(valueAt(moved, ["steps", "manager", "on", "returned", "to"])).toBe("talks");
    expect(valueAt(moved, ["steps", "manager", "on", "submitted"])).toBe("closed");
    const plain = setTransition(way, { to: "closed" })(review());
    expect(valueAt(plain, ["steps", "manager", "on", "submitted"])).toEqual(["closed", "closed"]);
  });

  it("U05: pastes into another definition with new ids, rewritten references and no stray ways", () => {
    const clip = readClip(copySteps(review(), ["manager", "talks"]))!;
    const next = pasteSteps(clip, { x: 500, y: 300 })(review());
    expect(Object.keys(valueAt(next, ["steps"]) as object)).toContain("manager-2");
    expect(
      valueAt(next, ["steps", "manager-2", "on", "submitted", "to"]) ??
        valueAt(next, ["steps", "manager-2", "on", "submitted", 0, "to"]),
    ).toBe("talks-2");
    expect(valueAt(next, ["steps", "talks-2", "start"])).toBe("first-2");
    expect(valueAt(next, ["layout", "manager-2"])).toMatchObject({ x: 500, y: 300 });
    const ids = stepPlaces(next).map((place) => place.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Workflow.safeParse(next).error?.issues ?? []).toEqual([]);
  });

  it("U06: reads a single step, steps by id, or a whole workflow from clipboard text, and nothing else", () => {
    expect(Object.keys(readClip('{"kind":"end","title":"All done"}')!.steps)).toEqual(["all-done"]);
    expect(Object.keys(readClip('{"a":{"kind":"end","title":"A"},"b":1}')!.steps)).toEqual(["a"]);
    expect(Object.keys(readClip(JSON.stringify(review()))!.steps)).toHaveLength(4);
    for (const text of ["hello", "[1]", '{"kind":"ruleset","rules":[]}', "{}"]) expect(readClip(text)).toBeNull();
  });

  it("pins what a person moved, and keeps the pin when tidying up", () => {
    const moved = moveNodes({ self: { x: 10.6, y: 3 } })(review());
    expect(valueAt(moved, ["layout", "self"])).toEqual({ x: 11, y: 3, pinned: true });
    const tidy = tidyUp({ self: { x: 1, y: 1 }, closed: { x: 2, y: 2 } })(moved);
    expect(valueAt(tidy, ["layout"])).toEqual({ self: { x: 1, y: 1, pinned: true }, closed: { x: 2, y: 2 } });
  });

  it("never changes the document it is given", () => {
    const before = review();
    const frozen = JSON.stringify(before);
    renameStep("manager", "x")(before);
    removeSelection({ steps: ["self", "talks"] })(before);
    connect({ from: "self", event: "due", to: "closed" })(before);
    expect(JSON.stringify(before)).toBe(frozen);
  });
});

describe("adding a step after another", () => {
  const added = (kind: "approval" | "end", step: string) => {
    const id = idForNew(review(), kind);
    return { id, next: insertAfter({ kind, id }, step, () => undefined)(review()) };
  };

  it("hangs it on an outcome that leads nowhere yet", () => {
    const withOutcomes = insertAfter(
      { kind: "approval", id: "more" },
      "manager",
      () => undefined,
    )(setField(["steps", "manager", "outcomes"], ["submitted", "returned"])(review()));
    expect(valueAt(withOutcomes, ["steps", "manager", "on", "returned"])).toBe("more");
  });

  it("puts it between the two where every outcome leads somewhere", () => {
    const { id, next } = added("approval", "self");
    expect(valueAt(next, ["steps", "self", "on", "submitted"])).toBe(id);
    expect(valueAt(next, ["steps", id, "on", "approved"])).toBe("manager");
  });

  it("never puts an end between two steps", () => {
    const { id, next } = added("end", "self");
    expect(valueAt(next, ["steps", "self", "on", "submitted"])).toBe("manager");
    expect(valueAt(next, ["steps", id, "kind"])).toBe("end");
  });
});
