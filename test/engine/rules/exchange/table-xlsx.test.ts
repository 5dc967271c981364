import fc from "fast-check";
import readWorkbook from "read-excel-file/universal";
import { describe, expect, it } from "vitest";
import writeWorkbook from "write-excel-file/universal";
import { tableFromXlsx, tableToXlsx } from "#engine/rules/exchange/table-xlsx.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { tableDiff } from "#engine/rules/table-diff.ts";
import { tableFromText, tableToText } from "#engine/rules/table-text.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { randomTable } from "./random-tables.ts";

const commission: DecisionTable = {
  hitPolicy: "first",
  columns: [
    { fact: "metric", params: { id: "sales" }, path: "$.attainment", type: "percent", title: "Attainment" },
    { fact: "department", type: "choice", of: ["sales", "support", "intern"] },
    { fact: "hired", type: "date" },
  ],
  outputs: [{ name: "rate", type: "percent", title: "Rate" }, { name: "event" }],
  rows: [
    { cells: [">= 120%", "-", "-"], out: [0.12, "high"], note: "=HYPERLINK(1)" },
    { cells: ["100%..120%", "sales, support", "-"], out: [0.1, "good"] },
    { cells: ["-5%..100%", 'not "intern"', "< 2026-01-01"], out: [0.05, null] },
  ],
  default: [0, "none"],
};

/** The workbook with its cells changed, as a spreadsheet program would save it. */
async function edited(
  bytes: Uint8Array<ArrayBuffer>,
  edit: (rows: (string | number | Date | boolean | null)[][]) => void,
) {
  const sheets = await readWorkbook(bytes.slice().buffer, { trim: false });
  const data = sheets.map(({ sheet, data }) => ({ sheet, data: data.map((row) => [...row]) }));
  edit(data[0]?.data as (string | number | Date | boolean | null)[][]);
  const asCells = (value: unknown) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Date) return { value, type: Date, format: "yyyy-mm-dd" };
    return { value: value as string, type: (value as string).constructor as StringConstructor };
  };
  const blob = await writeWorkbook(
    data.map((one) => ({ ...one, data: one.data.map((row) => row.map(asCells)) })),
  ).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

describe("a table as an Excel workbook", () => {
  it("F88: edit in Excel, re-import: the diff shows only the edits", async () => {
    const back = await edited(await tableToXlsx(commission), (rows) => {
      (rows[2] as unknown[])[0] = 1.1;
      (rows[3] as unknown[])[2] = new Date("2026-06-30");
      rows.splice(4, 0, ["50%..60%", "intern", null, 0.01, "low", null]);
    });
    const read = await tableFromXlsx(back);
    if (!read.ok) throw new IssuesError(read.issues);
    expect(tableDiff(commission, read.table)).toEqual([
      { kind: "cell", row: 1, newRow: 1, column: 0, before: "100%..120%", after: "110%" },
      { kind: "cell", row: 2, newRow: 2, column: 2, before: "< 2026-01-01", after: "2026-06-30" },
      { kind: "row-added", newRow: 3 },
    ]);
    const untouched = await tableFromXlsx(await edited(await tableToXlsx(commission), () => undefined));
    expect(untouched.ok && tableDiff(commission, untouched.table)).toEqual([]);
  });

  it("F88: holds texts only, so that nothing an author wrote is ever a formula", async () => {
    const hostile: DecisionTable = {
      ...commission,
      rows: ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1"].map((cell) => ({
        cells: [cell, "-", "-"],
        out: [cell, cell],
        note: cell,
      })),
    };
    const bytes = await tableToXlsx(hostile);
    const [sheet] = await readWorkbook(bytes.slice().buffer, { trim: false });
    const cells = (sheet?.data ?? []).flat().filter((cell) => cell !== null);
    expect(cells.every((cell) => typeof cell === "string")).toBe(true);
    // Deflated parts would hide a formula from this look at the bytes; the reader says "e" or a number for one.
    const { unzipSync, strFromU8 } = await import("fflate");
    const xml = Object.entries(unzipSync(bytes))
      .flatMap(([name, part]) => (name.includes("worksheets/sheet") ? [strFromU8(part)] : []))
      .join("");
    expect(xml).not.toMatch(/<f[ >]/);
    const styled = xml.match(/<c r="[A-Z]+[2-9]" s="\d+" t="s">/g) ?? [];
    expect(styled.length).toBeGreaterThan(20);
    const read = await tableFromXlsx(bytes);
    expect(read).toEqual({ ok: true, table: hostile });
  });

  it("F88: comes back the same, whatever the table holds; so does the text with separators", async () => {
    await fc.assert(
      fc.asyncProperty(randomTable, async (table) => {
        expect(await tableFromXlsx(await tableToXlsx(table))).toEqual({ ok: true, table });
        for (const separator of ["\t", ",", ";"] as const) {
          expect(tableFromText(tableToText(table, { separator, head: true }), { separator })).toEqual({
            ok: true,
            table,
          });
        }
      }),
      { numRuns: process.env.RONDO_LONG === "1" ? 5_000 : 150 },
    );
  }, 600_000);

  it("of another program is taken as if it had been pasted", async () => {
    const blob = await writeWorkbook([
      ["Sales attainment", "Hired", "On leave", "Rate"].map((value) => ({ value, type: String })),
      [
        { value: 0.8, type: Number },
        { value: new Date("2026-01-31"), type: Date, format: "dd.mm.yyyy" },
        { value: true, type: Boolean },
        { value: 0.05, type: Number },
      ],
    ]).toBlob();
    const read = await tableFromXlsx(new Uint8Array(await blob.arrayBuffer()));
    expect(read.ok && read.table.rows).toEqual([{ cells: ["0.8", "2026-01-31", "yes"], out: [0.05] }]);
    expect(read.ok && read.table.columns.map(({ type }) => type)).toEqual(["number", "date", "boolean"]);
  });

  it("says what is wrong with a file, and loses nothing", async () => {
    const message = async (bytes: Uint8Array<ArrayBuffer>) => {
      const read = await tableFromXlsx(bytes);
      return read.ok ? "fine" : read.issues.map((issue) => issue.message).join();
    };
    expect(await message(new TextEncoder().encode("a,b\n1,2"))).toBe(
      "The file is no Excel workbook, or it is damaged.",
    );
    expect(await message(new Uint8Array())).toBe("The file is no Excel workbook, or it is damaged.");
    const bytes = await tableToXlsx(commission);
    expect(await message(bytes.slice(0, bytes.length / 2))).toBe("The file is no Excel workbook, or it is damaged.");
    // What the archive says of its parts is a gigabyte each; nothing is unpacked to find out.
    const bomb = bytes.slice();
    const view = new DataView(bomb.buffer);
    for (let at = 0; at + 46 < bomb.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1e9, true);
    expect(await message(bomb)).toBe("The file unpacks to more than 200 MB.");
    const renamed = await edited(bytes, (rows) => {
      (rows[0] as unknown[])[1] = "Abteilung";
    });
    expect(await message(renamed)).toBe('There is no heading "department" for a column.');
    const long = { ...commission, rows: [{ cells: ["-", "-", "-"], out: ["x".repeat(40_000), null] }] };
    await expect(tableToXlsx(long)).rejects.toThrow("line 2, column 4: a workbook holds at most 32767 characters");
  });
});
