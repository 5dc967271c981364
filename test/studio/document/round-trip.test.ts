import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "#engine/words/json.ts";
import { openText, redo, runCommand, undo } from "../../../studio/document/document-state.ts";
import { patchText } from "../../../studio/document/json-patch-text.ts";
import { readTree } from "../../../studio/document/json-tree.ts";
import { isObject, shareParts, valueAt, withValue } from "../../../studio/document/json-value.ts";

const key = fc
  .oneof(fc.constantFrom("a", "b", "c", "steps", "to"), fc.string({ maxLength: 4 }))
  .filter((k) => k !== "__proto__");
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(null, true, 0, -1.5, "text", 'with "quotes" and \n'),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 4 }) as fc.Arbitrary<Json>,
    fc.dictionary(key, tie("value"), { maxKeys: 4 }).map((value) => ({ ...value })) as fc.Arbitrary<Json>,
  ),
})).value;
const layout = fc.constantFrom<string | number | undefined>(undefined, 2, 4, "\t", 0);

/** Every path of a value, "" for the value itself. */
function paths(value: Json, at: (string | number)[] = []): (string | number)[][] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, i) => paths(item, [...at, i]))
    : isObject(value)
      ? Object.entries(value).flatMap(([k, item]) => paths(item, [...at, k]))
      : [];
  return [at, ...inner];
}

describe("the text of a document under edits", () => {
  it("ST1: says exactly the new document after any edit, in any layout", () => {
    fc.assert(
      fc.property(json, json, layout, (previous, next, space) => {
        const text = JSON.stringify(previous, null, space);
        expect(JSON.parse(patchText(text, previous, next))).toEqual(next);
      }),
      { numRuns: 1500 },
    );
  });

  it("U21: leaves every value that the edit does not touch byte for byte as the author wrote it", () => {
    const text = `{ "start" : "a",\r\n  "steps": {\r\n    "a":   { "kind":"form",  "n": 1.0e0 },\r\n    "b": {"kind": "end"}\r\n  }\r\n}\r\n`;
    const before = JSON.parse(text) as Json;
    const after = patchText(text, before, withValue(before, ["steps", "b", "title"], "Done"));
    expect(after).toBe(text.replace(`{"kind": "end"}`, `{"kind": "end", "title": "Done"}`));
  });

  it("keeps the place of a key that is only renamed, with its value's own layout", () => {
    const text = `{\n  "steps": {\n    "a": { "x":1 },\n    "b": [1,\n 2]\n  }\n}`;
    const after = patchText(text, JSON.parse(text) as Json, { steps: { z: { x: 1 }, b: [1, 2] } });
    expect(after).toBe(text.replace(`"a"`, `"z"`));
  });

  it("moves list items with their own text", () => {
    const text = `[\n  { "id":"a" },\n  {"id": "b"}\n]`;
    expect(patchText(text, JSON.parse(text) as Json, [{ id: "b" }, { id: "a" }])).toBe(
      `[\n  {"id": "b"},\n  { "id":"a" }\n]`,
    );
  });

  it("takes a text back to the same bytes when an edit is undone by its opposite", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), (value, space) => {
        const text = JSON.stringify({ first: value, last: 1 }, null, space);
        const before = JSON.parse(text) as Json;
        const added = withValue(before, ["new"], { kind: "end" });
        const there = patchText(text, before, added);
        expect(patchText(there, added, withValue(added, ["new"], undefined))).toBe(text);
      }),
    );
  });
});

describe("reading JSON text", () => {
  it("accepts and refuses exactly what JSON.parse does", () => {
    const noise = fc.oneof(
      fc.string(),
      json.map((v) => JSON.stringify(v)),
      fc.tuple(json, fc.nat(), fc.constantFrom("", ",", "}", '"', "\\", "e", "0", "\u2028")).map(([v, at, piece]) => {
        const text = JSON.stringify(v);
        const place = at % (text.length + 1);
        return text.slice(0, place) + piece + text.slice(place + 1);
      }),
    );
    fc.assert(
      fc.property(noise, (text) => {
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        expect(readTree(text).ok).toBe(accepted);
      }),
      { numRuns: 3000 },
    );
  });

  it("U20: names the line where the text stops being JSON", () => {
    const read = readTree('{\n  "a": 1\n  "b": 2\n}');
    expect(read).toMatchObject({ ok: false, problem: { line: 3, column: 3 } });
  });

  it("refuses a text nested without end instead of running out of stack", () => {
    expect(readTree("[".repeat(100_000))).toMatchObject({ ok: false });
  });
});

describe("undo", () => {
  it("F24: 1,000 random edits and then 1,000 undos give the same bytes, and redo gives the edits again", () => {
    fc.assert(
      fc.property(json, fc.infiniteStream(json), fc.infiniteStream(fc.nat()), (seed, values, choices) => {
        const origin = `${JSON.stringify({ steps: seed, title: "x" }, null, 2)}\n`;
        let state = openText(origin);
        let edits = 0;
        while (edits < 1000) {
          const all = paths(state.document).filter((path) => path.length > 0);
          const path = all[choices.next().value! % all.length] ?? ["title"];
          const next = choices.next().value! % 4 === 0 && all.length > 1 ? undefined : values.next().value!;
          const before = state;
          state = runCommand(state, (document) => withValue(document, path, next), {
            label: "edit",
            at: edits * 10_000,
          });
          if (state === before)
            state = runCommand(state, (document) => withValue(document, ["count"], edits), {
              label: "edit",
              at: edits * 10_000,
            });
          // Keep the document small, so that the run is about edits and not about size.
          if (state.text.length > 4000)
            state = runCommand(state, (document) => withValue(document, ["steps"], null), {
              label: "clear",
              at: edits * 10_000,
            });
          edits = state.history.past.length;
        }
        const reached = state.text;
        for (let i = 0; i < 1000; i++) state = undo(state);
        const backAgain = state.text;
        for (let i = 0; i < edits; i++) state = redo(state);
        expect(state.text).toBe(reached);
        for (let i = 0; i < edits; i++) state = undo(state);
        expect(state.text).toBe(origin);
        if (edits === 1000) expect(backAgain).toBe(origin);
      }),
      { numRuns: 5 },
    );
  }, 60_000);

  it("U03: typing in one field is one step for each pause", () => {
    let state = openText('{"title":""}');
    const type = (value: string, at: number) => {
      state = runCommand(state, (d) => withValue(d, ["title"], value), { label: "Title", group: "/title", at });
    };
    type("A", 0);
    type("An", 200);
    type("Ann", 400);
    type("Anna", 5000);
    expect(state.history.past).toHaveLength(2);
    expect(valueAt(undo(state).document, ["title"])).toBe("Ann");
    expect(valueAt(undo(undo(state)).document, ["title"])).toBe("");
  });
});

describe("sharing", () => {
  it("keeps the identity of every part that did not change", () => {
    fc.assert(
      fc.property(json, (value) => {
        const copy = JSON.parse(JSON.stringify(value)) as Json;
        expect(shareParts(value, copy)).toBe(value);
      }),
    );
    const before = { a: { x: 1 }, b: { y: [1, 2] } };
    const after = shareParts(before, { a: { x: 2 }, b: { y: [1, 2] } }) as typeof before;
    expect(after.b).toBe(before.b);
    expect(after.a).not.toBe(before.a);
  });
});
