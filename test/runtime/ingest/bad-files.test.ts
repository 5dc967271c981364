import { describe, expect, it } from "vitest";
import { createImport, ImportRefused, importFile } from "../../../runtime/ingest/import.ts";
import { readTable } from "../../../runtime/ingest/table.ts";
import { MAX_BYTES } from "../../../runtime/ingest/text.ts";
import { CONTEXT, emptyDatabase } from "./support.ts";

const codes = async (content: Uint8Array | string) => (await readTable(content)).issues.map((issue) => issue.code);
const utf16 = (text: string, bigEndian: boolean, bom: boolean) => {
  const bytes = Buffer.from((bom ? "\ufeff" : "") + text, "utf16le");
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
};

describe("reading a file", () => {
  it.each([
    ["commas", "id,name\n1,Ada\n", ","],
    ["semicolons, with commas inside values", "id;name\n1;Lovelace, Ada\n2;Hopper, Grace\n", ";"],
    ["tabs", "id\tname\n1\tAda\n", "\t"],
    ["pipes", "id|name\n1|Ada\n", "|"],
    ["one column", "id\n1\n2\n", ","],
  ])("finds the separator: %s", async (_, content, separator) => {
    expect((await readTable(content)).separator).toBe(separator);
  });

  it("reads quotes, doubled quotes, line breaks inside them, CRLF and a missing last line break", async () => {
    const table = await readTable('\ufeffid,note\r\n1,"a ""word"", and\r\na line"\r\n2,plain');
    expect(table.issues).toEqual([]);
    expect(table.columns).toEqual(["id", "note"]);
    expect(table.rows).toEqual([
      { row: 2, cells: ["1", 'a "word", and\r\na line'] },
      { row: 3, cells: ["2", "plain"] },
    ]);
  });

  it("counts rows as a spreadsheet does, blank ones too", async () => {
    const table = await readTable("id,name\n1,Ada\n\n,\n2,Grace\n");
    expect(table.rows.map(({ row }) => row)).toEqual([2, 5]);
  });

  it.each([
    ["utf-16le", utf16("id,name\n1,Sánchez\n", false, true)],
    ["utf-16be", utf16("id,name\n1,Sánchez\n", true, true)],
    ["utf-16le", utf16("id,name\n1,Ada Lovelace\n", false, false)],
    ["utf-8", new TextEncoder().encode("\ufeffid,name\n1,Sánchez\n")],
  ])("decodes %s", async (encoding, content) => {
    const table = await readTable(content);
    expect(table.encoding).toBe(encoding);
    expect(table.columns).toEqual(["id", "name"]);
    expect(table.rows[0]?.cells[1]).toMatch(/^(Sánchez|Ada Lovelace)$/);
  });

  it("reads Latin-1 and says that it guessed", async () => {
    const table = await readTable(new Uint8Array(Buffer.from("id,name\n1,François Müller\n", "latin1")));
    expect(table.rows[0]?.cells[1]).toBe("François Müller");
    expect(table.issues.map((issue) => [issue.code, issue.severity])).toEqual([["encoding-guessed", "warning"]]);
  });

  it("sees where there is no header, and takes a person's word for it", async () => {
    const guessed = await readTable("1,Ada,2020-01-01\n2,Grace,2021-01-01\n");
    expect([guessed.hasHeader, guessed.columns, guessed.rows.length]).toEqual([
      false,
      ["column 1", "column 2", "column 3"],
      2,
    ]);
    const told = await readTable("1,Ada,2020-01-01\n2,Grace,2021-01-01\n", { hasHeader: true });
    expect([told.hasHeader, told.rows.length]).toEqual([true, 1]);
  });

  it("keeps rows of another length apart, but not trailing separators", async () => {
    const table = await readTable("id,name\n1,Ada,,\n2\n3,Grace,extra\n");
    expect(table.rows.map(({ row }) => row)).toEqual([2]);
    expect(table.ragged).toEqual([
      { row: 3, cells: 1 },
      { row: 4, cells: 3 },
    ]);
  });

  it.each([
    ["nothing", "", "empty-file"],
    ["blank lines", "\n \n\t\n", "empty-file"],
    ["only a header", "id,name\n", "no-rows"],
    ["a header twice", "id,name,Name\n1,a,b\n", "duplicate-header"],
    ["a quote that is never closed", 'id,name\n1,"Ada\n2,Grace\n', "quote-not-closed"],
    ["an Excel workbook", new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]), "binary-file"],
    ["a NUL in the middle", "id,name\n1,A\0da\n", "binary-file"],
    [
      "201 columns",
      `${Array.from({ length: 201 }, (_, i) => `c${i}`).join(",")}\n${Array.from({ length: 201 }, () => "x").join(",")}\n`,
      "too-many-columns",
    ],
  ])("refuses %s with a clear issue", async (_, content, code) => {
    expect(await codes(content)).toContain(code);
  });

  it("refuses more than 100 MB before looking at it", async () => {
    const [issue] = (await readTable(new Uint8Array(MAX_BYTES + 1))).issues;
    expect(issue).toMatchObject({
      code: "file-too-large",
      message: "The file has 101 MB; an import takes at most 100 MB.",
    });
  });
});

describe("an import that cannot be used", () => {
  it("keeps an unreadable file as an import with its issues, and refuses to apply it", async () => {
    const db = await emptyDatabase();
    const state = await createImport(db, { kind: "people", fileName: "bad.csv", content: "id,id\n1,2\n" }, CONTEXT);
    expect(state.status).toBe("mapping");
    expect(state.issues.map((issue) => issue.code)).toEqual(["duplicate-header"]);
    await expect(
      importFile(db, { kind: "people", fileName: "bad.csv", content: "id,id\n1,2\n" }, CONTEXT),
    ).rejects.toThrow(ImportRefused);
    expect(await db.read("SELECT count(*) AS n FROM people")).toEqual([{ n: 0 }]);
  });

  it("names an unknown column, an unknown field with the nearest one, a field mapped twice, and one that is missing", async () => {
    const db = await emptyDatabase();
    const upload = {
      kind: "people" as const,
      fileName: "x.csv",
      content: "a,b,c\n1,2,3\n",
      mapping: { columns: { a: "manger", b: "title", c: "title", d: "id" } },
    };
    const state = await createImport(db, upload, CONTEXT);
    expect(state.issues.map((issue) => [issue.code, issue.path])).toEqual([
      ["unknown-field", "/a"],
      ["field-mapped-twice", "/c"],
      ["unknown-column", "/d"],
    ]);
    expect(state.issues[0]?.hint).toContain("manager");
  });

  it("does not take hostile names for anything but text", async () => {
    const db = await emptyDatabase();
    const name = "<script>alert(1)</script>'); DROP TABLE people; --";
    const content = `id,name,extra\n../../etc/passwd,"${name}","{""__proto__"":{""admin"":true},""ok"":1}"\n`;
    await importFile(db, { kind: "people", fileName: "x.csv", content }, CONTEXT);
    const [row] = await db.read<{ person: string; name: string; fields: string }>(
      "SELECT person, name, fields FROM profiles",
    );
    expect({ ...row }).toEqual({ person: "../../etc/passwd", name, fields: '{"ok":1}' });
  });
});
