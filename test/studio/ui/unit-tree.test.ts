import { describe, expect, it } from "vitest";
import type { UnitView } from "#engine/contract/views/organisation.ts";
import { unitTree, visibleUnits } from "../../../studio/ui/unit-tree.ts";

const unit = (id: string, parent: string | null): UnitView => ({
  id,
  title: id.toUpperCase(),
  level: "unit",
  parent,
  people: 1,
  head: null,
});

describe("the tree of units", () => {
  it("stands in order, with each level below its parent", () => {
    const rows = visibleUnits(
      unitTree([unit("b", "top"), unit("a", "top"), unit("top", null), unit("c", "a")]),
      () => true,
    );
    expect(rows.map((row) => `${row.depth}${row.unit.id}`)).toEqual(["0top", "1a", "2c", "1b"]);
  });
  it("shows what the reader may see even where the unit above is hidden", () => {
    expect(unitTree([unit("south", "secret")]).map((node) => node.unit.id)).toEqual(["south"]);
  });
  it("closes what is closed", () => {
    const tree = unitTree([unit("top", null), unit("a", "top"), unit("c", "a")]);
    expect(visibleUnits(tree, (id) => id === "top").map((row) => row.unit.id)).toEqual(["top", "a"]);
  });
  it("ends even where units go round in a circle", () => {
    expect(visibleUnits(unitTree([unit("a", "b"), unit("b", "a"), unit("c", null)]), () => true)).toHaveLength(1);
  });
});
