import { describe, expect, it } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Outline } from "#engine/outline/model.ts";
import { outline } from "#engine/outline/outline.ts";
import { segments } from "#engine/words/pointer.ts";
import { FORMATS_DOCUMENTS } from "../definition/formats-documents.ts";
import { document, GOOD_STEPS, NEIGHBOURS, workflow } from "../lint/documents.ts";

const catalogue = catalogueOf(NEIGHBOURS);
const draw = (source: unknown) => outline(document(source), catalogue);
const node = ({ nodes }: Outline, id: string) => nodes.find((one) => one.id === id);
const arrows = ({ edges }: Outline) => edges.map(({ from, to, label }) => `${from} > ${to}: ${label}`);

describe("outline", () => {
  it("draws a workflow's steps with who, how long and where to", () => {
    const drawing = draw(workflow({}, { layout: { review: { x: 10, y: 20 } } }));
    expect(node(drawing, "review")).toEqual({
      id: "review",
      kind: "form",
      title: "Review",
      subtitle: "Their manager",
      time: "10 working days",
      chips: ["escalates"],
      start: true,
      path: "/steps/review",
      position: { x: 10, y: 20 },
    });
    expect(node(drawing, "outlier")?.subtitle).toBe("By the rules “Outlier”");
    expect(arrows(drawing)).toEqual([
      "review > outlier: submitted",
      "outlier > agree: outlier",
      "outlier > closed: otherwise",
      "outlier > agree: if data is missing",
      "agree > closed: agreed",
      "agree > review: back (at most twice)",
    ]);
  });

  it("says the condition of a guarded way and the rest of its list", () => {
    const when = { all: [{ fact: "case.rating", operator: "greaterThanInclusive", value: 4 }] };
    const drawing = draw(
      workflow({
        agree: {
          ...GOOD_STEPS.agree,
          on: { agreed: [{ to: "review", when, maxVisits: 1 }, "closed"], back: "closed" },
        },
      }),
    );
    const ways = drawing.edges.filter((edge) => edge.from === "agree");
    expect(ways.map(({ label, guarded, path }) => [label, guarded, path])).toEqual([
      ["agreed, if rating is at least 4 (at most once)", true, "/steps/agree/on/agreed/0"],
      ["agreed, else", false, "/steps/agree/on/agreed/1"],
      ["back", false, "/steps/agree/on/back"],
    ]);
  });

  it("draws groups and branches as frames around their steps", () => {
    const end = { kind: "end", title: "End" };
    const drawing = draw(
      workflow({
        both: {
          kind: "parallel",
          title: "Both",
          branches: {
            left: { title: "Left side", start: "a", steps: { a: end } },
            right: { start: "b", steps: { b: end } },
          },
          on: { done: "frame" },
        },
        frame: { kind: "group", title: "Frame", start: "c", steps: { c: end }, on: { done: "closed" } },
      }),
    );
    expect(node(drawing, "both:left")).toMatchObject({ kind: "branch", title: "Left side", parent: "both" });
    expect(node(drawing, "a")).toMatchObject({
      parent: "both:left",
      start: true,
      path: "/steps/both/branches/left/steps/a",
    });
    expect(node(drawing, "c")).toMatchObject({ parent: "frame", start: true });
  });

  it("draws a draft whose arrows and ids are not right yet", () => {
    const drawing = draw(
      workflow({
        agree: { ...GOOD_STEPS.agree, on: { agreed: "nowhere", back: "review" } },
        frame: {
          kind: "group",
          title: "Frame",
          start: "closed",
          steps: { closed: { kind: "end", title: "Twin" } },
          on: { done: "closed" },
        },
      }),
    );
    expect(arrows(drawing)).not.toContain("agree > nowhere: agreed");
    expect(new Set(drawing.nodes.map(({ id }) => id)).size).toBe(drawing.nodes.length);
  });

  it("draws a ladder from its trigger to its fallback, tiers included", () => {
    const kpi = outline(document(FORMATS_DOCUMENTS.find(({ id }) => id === "kpi-breach")));
    expect(arrows(kpi)).toEqual([
      "$trigger > region: below the parameter “Breach”",
      "$trigger > global: below the parameter “Severe breach”",
      "$trigger > location: at once",
      "location > region: after 2 working days",
      "region > global: after 4 working days",
      "global > $fallback: if nobody answered",
    ]);
    expect(node(kpi, "region")).toMatchObject({
      kind: "level",
      subtitle: "The head of their region",
      path: "/levels/1",
    });
  });

  it("draws a plan in the order of calculation", () => {
    const plan = outline(document(FORMATS_DOCUMENTS.find(({ id }) => id === "sales-quarter")));
    expect(plan.nodes.map(({ kind }) => kind)).toEqual([
      "measure",
      "component",
      "measure",
      "component",
      "modifier",
      "limit",
      "limit",
      "limit",
      "payout",
    ]);
  });

  it.each(
    FORMATS_DOCUMENTS.map((source) => [`${source.kind} ${source.id}`, source] as const),
  )("draws %s: ids once, arrows between boxes, paths that exist", (_name, source) => {
    const drawing = outline(document(source));
    const ids = drawing.nodes.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(drawing.edges.map(({ id }) => id)).size).toBe(drawing.edges.length);
    for (const edge of drawing.edges) expect(ids).toEqual(expect.arrayContaining([edge.from, edge.to]));
    for (const { parent } of drawing.nodes) if (parent) expect(ids).toContain(parent);
    for (const { path } of [...drawing.nodes, ...drawing.edges]) {
      expect(
        segments(path).reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], source),
        path,
      ).toBeDefined();
    }
  });
});
