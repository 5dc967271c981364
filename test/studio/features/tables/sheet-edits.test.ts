import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../studio/document/json-value.ts";
import { cellsWith, nextOf } from "../../../../studio/features/tables/find.ts";
import { copied, pasted, pastedOver } from "../../../../studio/features/tables/paste.ts";
import { rangeOf, stepped, stretched, walked, within } from "../../../../studio/features/tables/selection.ts";
import { sheetOf, textAt } from "../../../../studio/features/tables/sheet.ts";
import {
  cleared,
  filled,
  withColumnAdded,
  withColumnDeleted,
  withColumnMoved,
  withRowsDeleted,
  withRowsInserted,
  withRowsMoved,
  withTyped,
} from "../../../../studio/features/tables/sheet-edits.ts";

const table = (): JsonObject => ({
  hitPolicy: "unique",
  columns: [
    { fact: "a", title: "Attainment", type: "percent" },
    { fact: "r", title: "Role", type: "text" },
  ],
  outputs: [{ name: "rate", title: "Rate", type: "percent" }],
  rows: [
    { cells: ["< 50%", "sales"], out: [0.01] },
    { cells: ["[50%..80%)", "-"], out: [0.02], note: "as agreed" },
    { cells: [">= 80%", "-"], out: [0.03], valid: { from: "2026-01-01" } },
  ],
});
const empty = (): JsonObject => ({ hitPolicy: "first", columns: [], outputs: [{ name: "event" }], rows: [] });
const texts = (of: JsonObject) => {
  const sheet = sheetOf(of);
  return sheet.rows.map((_, row) => Array.from({ length: sheet.width }, (_one, column) => textAt(sheet, row, column)));
};
const range = (top: number, left: number, bottom = top, right = left) => ({ top, left, bottom, right });

describe("a table as a spreadsheet", () => {
  it("reads conditions, answers and notes as texts, and types them back", () => {
    expect(texts(table())).toEqual([
      ["< 50%", "sales", "1%", ""],
      ["[50%..80%)", "-", "2%", "as agreed"],
      [">= 80%", "-", "3%", ""],
    ]);
    const typed = withTyped(table(), [
      { row: 0, column: 0, text: " < 40% " },
      { row: 0, column: 2, text: "1.5%" },
      { row: 1, column: 3, text: "" },
      { row: 3, column: 2, text: "0" },
    ]);
    expect(typed.rows).toEqual([
      { cells: ["< 40%", "sales"], out: [0.015] },
      { cells: ["[50%..80%)", "-"], out: [0.02] },
      { cells: [">= 80%", "-"], out: [0.03], valid: { from: "2026-01-01" } },
    ]);
    expect(typed.default).toEqual([0]);
  });

  it("keeps a cell that cannot be read as it was typed", () => {
    expect(texts(withTyped(table(), [{ row: 0, column: 0, text: "about 80" }]))[0]?.[0]).toBe("about 80");
  });

  it("empties a range: conditions ask anything, answers say nothing, an emptied default row goes", () => {
    const once = withTyped(table(), [{ row: 3, column: 2, text: "4%" }]);
    expect(cleared(once, range(1, 0, 3, 3)).rows).toEqual([
      { cells: ["< 50%", "sales"], out: [0.01] },
      { cells: ["-", "-"], out: [null] },
      { cells: ["-", "-"], out: [null], valid: { from: "2026-01-01" } },
    ]);
    expect(cleared(once, range(3, 2))).not.toHaveProperty("default");
  });

  it("U24: fills down, and a block over and over", () => {
    expect(texts(filled(table(), range(0, 1), range(0, 1, 2, 1))).map((row) => row[1])).toEqual([
      "sales",
      "sales",
      "sales",
    ]);
    const long = withRowsInserted(table(), 3, 3);
    expect(texts(filled(long, range(0, 0, 1, 0), range(0, 0, 5, 0))).map((row) => row[0])).toEqual([
      "< 50%",
      "[50%..80%)",
      "< 50%",
      "[50%..80%)",
      "< 50%",
      "[50%..80%)",
    ]);
  });

  it("moves rows to where they are dropped, whatever is moved where", () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), fc.nat(7), (a, b, before) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const rows = Array.from({ length: 7 }, (_, at) => ({ cells: [String(at)], out: [at] }));
        const moved = sheetOf(withRowsMoved({ columns: [{}], outputs: [{}], rows }, from, to, before)).rows;
        const order = moved.map((row) => (row.out as number[])[0]!);
        const block = rows.slice(from, to + 1).map((row) => row.out[0]!);
        const rest = rows.map((row) => row.out[0]!).filter((one) => !block.includes(one));
        const stands = rest.filter((one) => one < (before > to ? before : Math.min(before, from)));
        const place = before >= from && before <= to + 1 ? from : stands.length;
        expect(order).toEqual(rest.toSpliced(place, 0, ...block));
      }),
    );
  });

  it("takes a column away with its cells, moves it with them, and fills a new one", () => {
    const added = withColumnAdded(table(), "out", { name: "bonus", type: "money" });
    expect(sheetOf(added).rows[0]).toEqual({ cells: ["< 50%", "sales"], out: [0.01, null] });
    expect(texts(withColumnMoved(table(), { side: "cells", at: 0 }, 1))[0]).toEqual(["sales", "< 50%", "1%", ""]);
    expect(texts(withColumnDeleted(table(), { side: "cells", at: 0 }))[1]).toEqual(["-", "2%", "as agreed"]);
    const widened = withColumnAdded(table(), "cells", { fact: "x", type: "number" });
    expect(texts(widened)[2]).toEqual([">= 80%", "-", "-", "3%", ""]);
    expect(sheetOf(withRowsDeleted(table(), 0, 1)).rows).toHaveLength(1);
  });
});

describe("paste", () => {
  it("into an empty table makes columns of the headings, joined to the facts that are called so", () => {
    const choices = [
      {
        key: "k",
        fact: "metric",
        params: { id: "sold" },
        path: "$.attainment",
        title: "Sold: attainment",
        group: "M",
        type: "percent" as const,
      },
    ];
    const made = pasted(
      empty(),
      { row: 0, column: 0 },
      "sold: Attainment\tRole\tRate\r\n>= 80%\tsales\t4%\r\n< 80%\t-\t2%\r\n",
      choices,
    );
    expect(made).toMatchObject({
      ok: true,
      table: {
        hitPolicy: "unique",
        columns: [
          { fact: "metric", params: { id: "sold" }, path: "$.attainment", type: "percent" },
          { fact: "Role", type: "text" },
        ],
        outputs: [{ title: "Rate", type: "percent" }],
        rows: [
          { cells: [">= 80%", "sales"], out: [0.04] },
          { cells: ["< 80%", "-"], out: [0.02] },
        ],
      },
    });
    expect(pasted(empty(), { row: 0, column: 0 }, "", [])).toMatchObject({ ok: false });
  });

  it("U24: grows the table where there are more rows, skips repeated headings, and says what does not fit", () => {
    const made = pasted(table(), { row: 2, column: 0 }, "Attainment\tRole\tRate\n[80%..90%)\t-\t3%\n>= 90%\t-\t4%", []);
    expect(made.ok && texts(made.table).slice(2)).toEqual([
      ["[80%..90%)", "-", "3%", ""],
      [">= 90%", "-", "4%", ""],
    ]);
    expect(made).toMatchObject({ said: "Paste 2 rows", range: { top: 2, bottom: 3, left: 0, right: 2 } });
    const wide = pasted(table(), { row: 0, column: 2 }, "1%\tnote\tmore\tand more", []);
    expect(wide).toMatchObject({ ok: true, left: "2 more columns than the table has were left out." });
  });

  it("of one text over a range says it everywhere", () => {
    expect(texts(pastedOver(table(), range(0, 1, 2, 1), "support")).map((row) => row[1])).toEqual([
      "support",
      "support",
      "support",
    ]);
  });

  it("of what was copied changes nothing, whatever stands in the cells: tabs, quotes and line ends too", () => {
    const text = fc
      .string({ unit: fc.constantFrom("a", "\t", '"', "\n", "'", ",", " ", "%", "=", "5") })
      .map((one) => one.trim());
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), (rows) => {
        const given: JsonObject = {
          ...table(),
          outputs: [{ name: "says", type: "text" }],
          rows: rows.map(([one, two, says]) => ({ cells: [one || "-", two || "-"], out: [says || null] })),
        };
        const clip = copied(sheetOf(given), range(0, 0, rows.length - 1, 2));
        const again = pasted(given, { row: 0, column: 0 }, clip, []);
        expect(again.ok && texts(again.table)).toEqual(texts(given));
      }),
    );
  });
});

describe("the keyboard", () => {
  const size = { rows: 4, columns: 4, page: 2 };
  it("walks as a spreadsheet's does, and never out of the table", () => {
    const at = { row: 1, column: 1 };
    const to = (key: string, command = false) => walked(at, { key, command }, size);
    expect([to("ArrowUp"), to("ArrowDown", true), to("End"), to("Home", true), to("PageDown"), to("x")]).toEqual([
      { row: 0, column: 1 },
      { row: 3, column: 1 },
      { row: 1, column: 3 },
      { row: 0, column: 0 },
      { row: 3, column: 1 },
      undefined,
    ]);
    expect(stepped({ row: 0, column: 3 }, "Tab", false, size)).toEqual({ row: 1, column: 0 });
    expect(stepped({ row: 1, column: 0 }, "Tab", true, size)).toEqual({ row: 0, column: 3 });
    const kept = within({ anchor: { row: 9, column: -1 }, head: { row: 0, column: 9 } }, size);
    expect(rangeOf(kept)).toEqual({ top: 0, bottom: 3, left: 0, right: 3 });
  });

  it("draws a selection out in the direction that was pulled further", () => {
    expect(stretched(range(1, 1), { row: 3, column: 2 })).toEqual({ top: 1, bottom: 3, left: 1, right: 1 });
    expect(stretched(range(1, 1), { row: 1, column: 0 })).toEqual({ top: 1, bottom: 1, left: 0, right: 1 });
  });

  it("finds texts in all cells and goes round at the ends", () => {
    const found = cellsWith(sheetOf(table()), "80%");
    expect(found).toEqual([
      { row: 1, column: 0 },
      { row: 2, column: 0 },
    ]);
    expect(nextOf(found, { row: 2, column: 0 }, false)).toBe(0);
    expect(nextOf(found, { row: 1, column: 0 }, true)).toBe(1);
    expect(nextOf([], { row: 0, column: 0 }, false)).toBeUndefined();
  });
});
