import { describe, expect, it } from "vitest";
import { tableToDmn } from "#engine/rules/exchange/dmn-write.ts";
import { tableToXlsx } from "#engine/rules/exchange/table-xlsx.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { tableDiff } from "#engine/rules/table-diff.ts";
import { tableToText } from "#engine/rules/table-text.ts";
import { changeWords } from "../../../../studio/features/tables/change-words.ts";
import { readTableFile } from "../../../../studio/features/tables/read-table-file.ts";

const table: DecisionTable = {
  hitPolicy: "unique",
  columns: [
    { fact: "metric", params: { id: "sold" }, path: "$.attainment", title: "Attainment", type: "percent" },
    { fact: "person.role", title: "Role", type: "text" },
  ],
  outputs: [{ name: "rate", title: "Rate", type: "percent" }],
  rows: [
    { cells: ["< 80%", "-"], out: [0.01] },
    { cells: [">= 80%", "=cmd()"], out: [0.02], note: "as agreed" },
    { cells: [">= 80%", 'not "intern"'], out: [0.03] },
  ],
};

/** What the menu "In and out" of the editor does, without the page around it. */
describe("a table that went out to a file", () => {
  const ways: [string, () => Promise<BlobPart>][] = [
    ["rates.xlsx", () => tableToXlsx(table)],
    ["rates.csv", async () => tableToText(table, { separator: "," })],
    ["rates.tsv", async () => `\uFEFF${tableToText(table)}`],
    ["rates.dmn", () => tableToDmn({ ...table, rows: table.rows.toSpliced(1, 1) }, { id: "rates", title: "Rates" })],
  ];
  for (const [name, written] of ways)
    it(`F88: comes back from ${name} without a difference`, async () => {
      const expected = name.endsWith(".dmn") ? { ...table, rows: table.rows.toSpliced(1, 1) } : table;
      const [found] = await readTableFile(new File([await written()], name), expected);
      expect(found?.issues).toEqual([]);
      expect(tableDiff(expected, found!.table!)).toEqual([]);
    });

  it("F88: shows only what was edited in the spreadsheet, in words", async () => {
    const edited: DecisionTable = {
      ...table,
      rows: [
        { cells: ["< 75%", "-"], out: [0.01] },
        { cells: [">= 80%", "=cmd()"], out: [0.025], note: "as agreed" },
        { cells: [">= 80%", 'not "intern"'], out: [0.03] },
        { cells: ["-", "intern"], out: [0] },
      ],
    };
    const [found] = await readTableFile(new File([await tableToXlsx(edited)], "rates.xlsx"), table);
    const after = found!.table!;
    expect(tableDiff(table, after).map((change) => changeWords(change, table, after))).toEqual([
      { sign: "~", where: "Row 1, Attainment", before: "< 80%", after: "< 75%" },
      { sign: "~", where: "Row 2, Rate", before: "2%", after: "2.5%" },
      { sign: "+", where: "Row 4", after: "- | intern → 0%" },
    ]);
  });

  it("is read for itself where it has other columns, and older spreadsheet text is no riddle", async () => {
    const bytes = Uint8Array.from([..."Größe;Satz\n> 5;1\n"].map((one) => one.codePointAt(0)!));
    const [found] = await readTableFile(new File([bytes], "other.csv"), table);
    expect(found?.table).toMatchObject({ columns: [{ title: "Größe", type: "number" }], outputs: [{ title: "Satz" }] });
  });

  it("says cell by cell what it cannot take, and never throws", async () => {
    const xml = (await tableToDmn({ ...table, rows: [table.rows[0]!] }, { id: "r", title: "R" })).replace(
      /<(\w*:?)text>([^<]*0\.8[^<]*)<\/\1text>/,
      "<$1text>today() - 5</$1text>",
    );
    const [refused] = await readTableFile(new File([xml], "r.dmn"), undefined);
    expect(refused?.issues.length).toBeGreaterThan(0);
    expect(refused?.issues.map(({ message }) => message).join(" ")).toContain("today()");
    const [broken] = await readTableFile(new File(["not a workbook"], "r.xlsx"), undefined);
    expect(broken?.issues[0]?.message).toContain("no Excel workbook");
  });
});
