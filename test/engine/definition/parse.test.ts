import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KIND_NAMES } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import type { Issue } from "#engine/words/issue.ts";
import { segments } from "#engine/words/pointer.ts";
import { FORMATS_DOCUMENTS } from "./formats-documents.ts";

const issuesOf = (document: unknown): Issue[] => {
  const parsed = parse(document);
  return parsed.ok ? [] : parsed.issues;
};
const workflow = (steps: unknown, more: object = {}) => ({
  kind: "workflow",
  schema: 1,
  id: "review",
  title: "Review",
  subject: "person",
  start: "ask",
  steps,
  ...more,
});
const ask = (more: object) =>
  workflow({ ask: { kind: "form", title: "Ask", form: "f", on: { submitted: "end" }, ...more } });
const only = (document: unknown): Issue => {
  const issues = issuesOf(document);
  expect(issues).toHaveLength(1);
  return issues[0]!;
};

describe("parse", () => {
  it.each(
    FORMATS_DOCUMENTS.map((document) => [`${document.kind} ${document.id}`, document] as const),
  )("reads the document printed in FORMATS: %s", (_name, document) => {
    expect(issuesOf(document)).toEqual([]);
  });

  it("knows a document of each of the eleven kinds", () => {
    expect(new Set(FORMATS_DOCUMENTS.map((document) => document.kind))).toEqual(new Set(KIND_NAMES));
  });

  it("ST1: returns the very object it was given, so that a round trip is byte-stable", () => {
    for (const document of FORMATS_DOCUMENTS) {
      const text = JSON.stringify(document);
      const parsed = parse(JSON.parse(text));
      expect(parsed.ok && JSON.stringify(parsed.definition)).toBe(text);
    }
  });

  it("never throws, whatever it is given, and every issue points at a place that exists", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
        (thing) => {
          expect(parse(thing).ok).toBe(false);
        },
      ),
    );
  });

  it("points each issue at a place that exists when a valid document is damaged anywhere", () => {
    const places = FORMATS_DOCUMENTS.flatMap((document) => placesOf(document).map((place) => ({ document, place })));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), ({ document, place }, value) => {
        const damaged = structuredClone(document) as unknown as Record<string, unknown>;
        const parent = place
          .slice(0, -1)
          .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, damaged);
        parent[place.at(-1)!] = value;
        for (const issue of issuesOf(damaged)) {
          expect(exists(damaged, issue.path), issue.path).toBe(true);
          expect(issue.message).not.toMatch(/invalid input|undefined|\[object/i);
          expect(issue.message).toMatch(/^["A-Z].*[.!?]$/s);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what parse says", () => {
  it("offers the closest kind", () => {
    expect(only({ kind: "workflw" })).toMatchObject({
      code: "unknown-kind",
      path: "/kind",
      hint: 'Did you mean "workflow"?',
    });
    expect(only({}).message).toBe('"kind" is missing.');
    expect(only({ kind: "toString" }).code).toBe("unknown-kind");
    expect(only([]).code).toBe("not-a-document");
    expect(only(undefined).code).toBe("not-a-document");
  });

  it("names the format version it cannot read", () => {
    expect(only({ kind: "form", schema: 2 })).toMatchObject({ code: "newer-format", path: "/schema" });
    expect(only({ kind: "form", schema: "1" }).code).toBe("unknown-format");
    expect(only({ kind: "form" }).message).toBe('"schema" is missing.');
  });

  it("names each unknown key, with the closest key there", () => {
    expect(issuesOf(ask({ outcoms: ["a"], actr: { relation: "manager" } }))).toEqual([
      {
        code: "unknown-key",
        severity: "error",
        path: "/steps/ask/outcoms",
        message: '"outcoms" is not known in "ask".',
        hint: 'Did you mean "outcomes"?',
      },
      {
        code: "unknown-key",
        severity: "error",
        path: "/steps/ask/actr",
        message: '"actr" is not known in "ask".',
        hint: 'Did you mean "actor"?',
      },
    ]);
  });

  it("says a wrong type in words, with the way out", () => {
    const repeat = { times: "1", every: { workingDays: 3 } };
    const ladder = {
      kind: "escalation",
      schema: 1,
      id: "a",
      title: "A",
      subject: "person",
      levels: [{ id: "l", title: "L", after: 3 }],
      repeat,
    };
    expect(issuesOf(ladder).map(({ path, message, hint }) => [path, message, hint])).toEqual([
      [
        "/levels/0/after",
        '"after" should be an object, not a number (3).',
        'Write { "workingDays": 3 } or { "days": 3 }.',
      ],
      ["/repeat/times", '"times" should be a number, not text ("1").', "Write it without quotes: 1."],
    ]);
  });

  it("explains a transition by the shape the author meant", () => {
    expect(only(ask({ on: { submitted: { too: "end" } } }))).toMatchObject({
      path: "/steps/ask/on/submitted/too",
      hint: 'Did you mean "to"?',
    });
    expect(only(ask({ on: { submitted: [{ to: "end" }, { to: "end", maxVisits: 0 }] } }))).toMatchObject({
      path: "/steps/ask/on/submitted/1/maxVisits",
      message: '"maxVisits" should be at least 1.',
    });
    expect(only(ask({ on: { submitted: 5 } })).message).toBe(
      '"submitted" should be text, an object or a list, not a number (5).',
    );
  });

  it("explains a person reference by the shape the author meant", () => {
    expect(only(ask({ actor: { relation: "manger" } }))).toMatchObject({
      path: "/steps/ask/actor/relation",
      hint: 'Did you mean "manager"?',
    });
    expect(only(ask({ actor: "manager" })).hint).toBe('Write { "relation": "manager" }.');
    expect(only(ask({ actor: {} })).message).toMatch(/^Name people in exactly one way/);
    expect(only(ask({ actor: { role: "hr", queue: "q" } })).message).toMatch(/^Name people in exactly one way/);
    expect(only(ask({ actor: { role: "hr", of: "actor" } })).path).toBe("/steps/ask/actor/of");
  });

  it("explains a condition at the depth where it is wrong", () => {
    const when = { all: [{ any: [{ fact: "case.rating", operator: "equal" }] }] };
    expect(only(ask({ on: { submitted: { to: "end", when } } }))).toMatchObject({
      path: "/steps/ask/on/submitted/when/all/0/any/0",
      message: '"value" is missing in entry 1 of "any".',
    });
    const bare = { fact: "case.rating", operator: "equal", value: 1 };
    expect(only(ask({ on: { submitted: { to: "end", when: bare } } }))).toMatchObject({
      code: "not-valid",
      path: "/steps/ask/on/submitted/when",
    });
    expect(only(ask({ on: { submitted: { to: "end", when: {} } } })).hint).toBe(
      'Give it "all", "any", "not" or "condition".',
    );
  });

  it("explains a clock and a duration", () => {
    expect(only(ask({ deadline: {} })).message).toBe('A clock has exactly one of "after", "at", "every".');
    expect(only(ask({ deadline: { after: { wrokingDays: 3 } } }))).toMatchObject({
      path: "/steps/ask/deadline/after/wrokingDays",
      hint: 'Did you mean "workingDays"?',
    });
    expect(only(ask({ deadline: { after: { parameters: "days" } } })).hint).toBe('Did you mean "parameter"?');
  });

  it("refuses a date that does not exist", () => {
    const calendar = {
      kind: "calendar",
      schema: 1,
      id: "c",
      title: "C",
      timeZone: "Europe/Berlin",
      week: {},
      extra: ["2026-02-30"],
    };
    expect(only(calendar)).toMatchObject({ code: "wrong-format", path: "/extra/0" });
  });

  it("names an id that cannot be one", () => {
    expect(only(workflow({ "Self Review": { kind: "end", title: "E" } }))).toMatchObject({
      code: "wrong-name",
      path: "/steps/Self Review",
    });
  });
});

describe("limits", () => {
  it("refuses keys that reach an object's prototype", () => {
    const document = JSON.parse('{"kind":"form","__proto__":{"a":1},"x":{"constructor":1}}');
    expect(issuesOf(document).map(({ code, path }) => [code, path])).toEqual([
      ["forbidden-key", "/__proto__"],
      ["forbidden-key", "/x/constructor"],
    ]);
  });

  it("refuses what is too deep, cyclic included", () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 70; depth++) deep = { a: deep };
    expect(only({ kind: "form", deep }).code).toBe("too-deep");
    const cyclic: Record<string, unknown> = { kind: "form" };
    cyclic.self = cyclic;
    expect(only(cyclic).code).toBe("too-deep");
  });

  it("refuses what is too large without reading it all", () => {
    expect(only({ kind: "form", text: "x".repeat(6_000_000) }).code).toBe("too-large");
    expect(only({ kind: "form", list: new Array(6_000_000) }).code).toBe("too-large");
    let shared: unknown = "x".repeat(100);
    for (let depth = 0; depth < 40; depth++) shared = [shared, shared];
    expect(only({ kind: "form", shared }).code).toBe("too-large");
  });

  it("refuses more than 5,000 steps, counted through groups", () => {
    const end = { kind: "end", title: "E" };
    const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, n) => [`s${n}`, end]));
    expect(only(workflow({ g: { kind: "group", title: "G", start: "s0", steps: many, on: { done: "e" } } })).code).toBe(
      "too-many-steps",
    );
  });

  it("reads a person reference with fifty alternatives in a moment", () => {
    let ref: object = { fact: "case.last" };
    for (let depth = 0; depth < 50; depth++) ref = { fact: "case.one", else: ref };
    expect(parse(ask({ actor: ref })).ok).toBe(true);
  });
});

function placesOf(value: unknown, at: string[] = []): string[][] {
  if (value === null || typeof value !== "object") return at.length > 0 ? [at] : [];
  const inner = Object.entries(value).flatMap(([key, child]) => placesOf(child, [...at, key]));
  return at.length > 0 ? [at, ...inner] : inner;
}

function exists(document: unknown, path: string): boolean {
  let at = document;
  for (const key of segments(path)) {
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}
