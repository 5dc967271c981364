import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#engine/words/json.ts";
import { escalationModel } from "../../../studio/graph/escalation-model.ts";
import { type PlacedGraph, placeGraph } from "../../../studio/graph/layout.ts";
import { workflowModel } from "../../../studio/graph/workflow-model.ts";
import { computing } from "../../support/computing.ts";

/** A workflow of n steps where step i leads to the targets given, with every kind of size. */
function cycle(n: number, ways: (i: number) => number[]): Json {
  const kinds = ["form", "approval", "decision", "record", "end"];
  const steps = Object.fromEntries(
    Array.from({ length: n }, (_, i) => {
      const on = Object.fromEntries(ways(i).map((to, w) => [`way-${w}`, `s${to}`]));
      return [
        `s${i}`,
        {
          kind: kinds[i % kinds.length]!,
          title: i % 3 ? `Step ${i}` : `A step with quite a long title ${i}`,
          actor: { relation: "manager" },
          on,
        },
      ];
    }),
  );
  return { kind: "workflow", start: "s0", steps };
}

function overlaps(placed: PlacedGraph): string[] {
  const found: string[] = [];
  for (const a of placed.nodes)
    for (const b of placed.nodes) {
      if (a.id >= b.id || a.parent !== b.parent) continue;
      const [p, q] = [placed.at.get(a.id)!, placed.at.get(b.id)!];
      if (p.x < q.x + b.width && q.x < p.x + a.width && p.y < q.y + b.height && q.y < p.y + a.height)
        found.push(`${a.id} ${b.id}`);
    }
  return found;
}

describe("auto layout", () => {
  it("U08: lays 200 nodes out in under half a second, without overlaps", () => {
    const model = workflowModel(cycle(200, (i) => (i % 7 === 0 ? [i + 1, i + 3] : [i + 1]).filter((to) => to < 200)));
    placeGraph(model, new Map());
    const computed = computing();
    const placed = placeGraph(model, new Map(), { tidy: true });
    expect(computed()).toBeLessThan(500);
    expect(overlaps(placed)).toEqual([]);
  });

  it("never lets two nodes overlap, whatever leads where", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.infiniteStream(fc.nat()), (n, picks) => {
        const targets = Array.from({ length: n }, () => [picks.next().value! % n, picks.next().value! % n]);
        expect(overlaps(placeGraph(workflowModel(cycle(n, (i) => targets[i]!)), new Map()))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("a wide frame in a row that runs back has room in its own slot", () => {
    const file = join(import.meta.dirname, "../../../templates/improvement-plan/improvement-plan.json");
    const plan = JSON.parse(readFileSync(file, "utf8")) as Json;
    expect(overlaps(placeGraph(workflowModel(plan), new Map(), { tidy: true }))).toEqual([]);
  });

  it("U08: keeps what a person pinned where it is", () => {
    const model = workflowModel(cycle(12, (i) => [i + 1]));
    const placed = placeGraph(model, new Map([["s5", { x: 333, y: 111, pinned: true }]]), { tidy: true });
    expect(placed.at.get("s5")).toEqual({ x: 333, y: 111 });
    expect(overlaps(placed)).toEqual([]);
  });

  it("breaks a long chain into rows instead of one strip", () => {
    const placed = placeGraph(workflowModel(cycle(12, (i) => [i + 1])), new Map());
    const xs = [...placed.at.values()].map((place) => place.x);
    const ys = [...placed.at.values()].map((place) => place.y);
    expect(Math.max(...xs) / (Math.max(...ys) + 100)).toBeLessThan(3);
  });

  it("U09: puts a new step beside the one that leads to it, in free space", () => {
    const model = workflowModel(cycle(3, (i) => (i < 2 ? [i + 1] : [])));
    const placed = placeGraph(
      model,
      new Map([
        ["s0", { x: 0, y: 0 }],
        ["s1", { x: 286, y: 0 }],
      ]),
    );
    expect(placed.at.get("s0")).toEqual({ x: 0, y: 0 });
    expect(placed.at.get("s2")!.x).toBeGreaterThan(286);
    expect(overlaps(placed)).toEqual([]);
  });

  it("makes frames as large as what they hold, and branches side by side", () => {
    const leaf = { kind: "form", title: "Rate", actor: { relation: "manager" }, on: { submitted: "e" } };
    const document: Json = {
      start: "p",
      steps: {
        p: {
          kind: "parallel",
          title: "Ratings",
          on: {},
          branches: {
            a: { start: "x", steps: { x: leaf, e: { kind: "end", title: "Done" } } },
            b: { start: "y", steps: { y: leaf } },
          },
        },
      },
    };
    const placed = placeGraph(workflowModel(document), new Map());
    const size = new Map(placed.nodes.map((node) => [node.id, node]));
    for (const node of placed.nodes) {
      if (!node.parent) continue;
      const parent = size.get(node.parent)!;
      const at = placed.at.get(node.id)!;
      expect(at.x + node.width).toBeLessThanOrEqual(parent.width);
      expect(at.y + node.height).toBeLessThanOrEqual(parent.height);
    }
    expect(placed.at.get("p/b")!.y).toBeGreaterThan(placed.at.get("p/a")!.y + 50);
  });
});

describe("what is drawn", () => {
  it("draws one arrow for two outcomes with one target, with both words", () => {
    const model = workflowModel({
      start: "a",
      steps: {
        a: { kind: "decision", title: "Outlier?", on: { outlier: "b", "not-evaluated": "b" } },
        b: { kind: "end", title: "End" },
      },
    });
    expect(model.edges).toHaveLength(1);
    expect(model.edges[0]!.labels).toEqual(["outlier", "not evaluated"]);
  });

  it("draws anything that is JSON without falling over", () => {
    const drafts: Json[] = [
      null,
      [],
      {},
      { steps: [] },
      { steps: { a: null, b: { kind: 7, on: [1] }, c: { on: { x: { to: 3 } } } } },
      { levels: [1, {}], trigger: "x" },
    ];
    for (const draft of drafts) {
      expect(() => placeGraph(workflowModel(draft), new Map())).not.toThrow();
      expect(() => placeGraph(escalationModel(draft), new Map())).not.toThrow();
    }
  });

  it("draws a ladder level by level, with its time and the last resort", () => {
    const model = escalationModel({
      parameters: { days: { type: "days", default: 15 } },
      trigger: { on: "record.created", record: "complaint" },
      levels: [
        { id: "team", title: "Team", after: { hours: 0 }, notify: [{ queue: "care" }] },
        { id: "visit", title: "Visit", after: { parameter: "days" }, start: { workflow: "doorstep-visit" } },
      ],
      repeat: { times: 1, every: { workingDays: 3 } },
      fallback: { role: "hr-admin" },
    });
    expect(model.nodes.map((node) => node.time)).toEqual([null, "at once", "15 days", null]);
    expect(model.nodes.at(-1)!.title).toBe("Last resort: HR admin");
    expect(model.edges.map((edge) => edge.labels[0])).toEqual([
      "starts",
      "not acknowledged",
      "again once, after 3 working days",
      "nobody",
    ]);
  });
});
