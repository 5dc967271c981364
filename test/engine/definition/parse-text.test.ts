import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanJson } from "#engine/definition/parse-scan.ts";
import { locate, locateIssues, parseText } from "#engine/definition/parse-text.ts";
import { error } from "#engine/words/issue.ts";
import { FORMATS_DOCUMENTS } from "./formats-documents.ts";

const first = (text: string) => {
  const parsed = parseText(text);
  if (parsed.ok) throw new Error("expected an issue");
  return parsed.issues[0]!;
};

describe("parseText", () => {
  it("reads what parse reads, with or without a byte order mark", () => {
    for (const document of FORMATS_DOCUMENTS) {
      const text = JSON.stringify(document, null, 2);
      expect(parseText(text).ok).toBe(true);
      expect(parseText(`\uFEFF${text}`).ok).toBe(true);
    }
  });

  it.each([
    ['{\n  "kind": "form",\n}', 3, 1, "There is a comma before a closing brace."],
    ['{ "a": [1, 2,] }', 1, 14, "There is a comma before a closing bracket."],
    ['{ "a": 1 "b": 2 }', 1, 10, "A comma or a closing brace is missing here."],
    ['{ "a" 1 }', 1, 7, 'A colon is missing after "a".'],
    ["{ 'a': 1 }", 1, 3, "A key in double quotes is expected here."],
    ['{ "a": yes }', 1, 8, '"yes" stands without quotes.'],
    ['{ "a": "b\n" }', 1, 8, "This text has no closing quote."],
    ['{ "a": 01 }', 1, 8, "This is not how a number is written."],
    ['{ "a": 1 } x', 1, 12, "There is more text after the end of the document."],
    ['{ "a": 1', 1, 9, "A closing brace is missing."],
    ['{ // remark\n"a": 1 }', 1, 3, "JSON has no comments."],
    ["", 1, 1, "The text ends where a value is expected."],
  ])("says where %j goes wrong", (text, line, column, message) => {
    expect(first(text)).toMatchObject({ code: "malformed-json", line, column, message });
  });

  it("refuses a key written twice, of which JSON keeps the last in silence", () => {
    expect(first('{\n "kind": "form",\n "kind": "plan"\n}')).toMatchObject({
      code: "duplicate-key",
      line: 3,
      column: 2,
      path: "/kind",
    });
  });

  it("underlines an unknown key at its name", () => {
    const text =
      '{\n  "kind": "scorecard",\n  "schema": 1,\n  "id": "a", "title": "A",\n  "perspectives": ["financial"],\n  "metrics": [],\n  "limt": 3\n}';
    expect(first(text)).toMatchObject({ code: "unknown-key", line: 7, column: 3, endLine: 7, endColumn: 9 });
  });

  it("accepts exactly the texts that JSON.parse accepts", () => {
    const accepts = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      '"',
      '"a"',
      "1",
      "-",
      ".5",
      "e3",
      "0",
      "true",
      "null",
      " ",
      "\n",
      "\\",
      "\\u12aB",
      "\u0007",
      "/",
    );
    const almost = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", '"', "}", "x", "\\"))
      .map(
        ([json, at, extra]) => json.slice(0, at % (json.length + 1)) + extra + json.slice((at % (json.length + 1)) + 1),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), almost, damaged), (text) => {
        expect(scanJson(text).ok, text).toBe(accepts(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("locate", () => {
  const text = '{ "a/b": { "list": [10, 200] } }';
  it("finds a value with its key by pointer", () => {
    expect(locate(text, "/a~1b/list")).toEqual({ line: 1, column: 12, endLine: 1, endColumn: 29 });
    expect(locate(text, "/a~1b/list/1")).toEqual({ line: 1, column: 25, endLine: 1, endColumn: 28 });
    expect(locate(text, "/nothing")).toBeUndefined();
  });

  it("places an issue at the nearest place that the text has", () => {
    expect(locateIssues(text, [error("x", "/a~1b/list/7/deep", "M.")])[0]).toMatchObject({ line: 1, column: 20 });
    expect(locateIssues("{", [error("x", "/a", "M.")])[0]).toMatchObject({ line: 1, column: 1 });
  });
});
