import { describe, expect, it } from "vitest";
import { testOfFeel } from "#engine/rules/exchange/feel-cell.ts";
import { FeelRefused, jsonOfFeel } from "#engine/rules/exchange/feel-value.ts";
import { parseSentence } from "#engine/rules/parse-sentence.ts";
import { pathProblem } from "#engine/rules/path.ts";
import { parseCell } from "#engine/rules/table-cell.ts";
import { tableFromText } from "#engine/rules/table-text.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { computing } from "../../support/computing.ts";

const PIECES = [
  " ",
  "1",
  "a",
  "..",
  " to ",
  "–",
  "(",
  "]",
  '"',
  "'",
  "not ",
  "%",
  ",",
  ";",
  "-",
  "\\",
  "1 ",
  "1,",
  "1.",
  "e",
  "date(",
  "\u00a0",
];
const TYPES = ["number", "percent", "date", "text", "money", "choice", "boolean"] as const;

/** Nothing that a person can paste takes longer than this, nor ends in anything but an answer or a refusal. */
function quick(limit: number, run: () => unknown, what: string) {
  const took = computing();
  try {
    run();
  } catch (cause) {
    if (!(cause instanceof IssuesError || cause instanceof FeelRefused)) throw cause;
  }
  expect(took(), what).toBeLessThan(limit);
}

describe("texts made to take long", () => {
  it("as the longest cells there may be are read at once, whatever stands in them", () => {
    for (const type of TYPES) {
      for (const one of PIECES) {
        for (const other of PIECES) {
          quick(
            1000,
            () => parseCell(`${one}${other.repeat(1000)}`.slice(0, 999) + one, { type }),
            `${type} ${one}${other}`,
          );
        }
      }
    }
  });

  it("as sentences, pasted tables, paths and FEEL are answered or refused within a second", () => {
    const facts = { rating: { type: "number" as const } };
    for (const piece of [...PIECES, "rating is ", "rating is 1 and ", "(rating is 1 and ", "and "]) {
      const long = piece.repeat(20_000);
      quick(1000, () => parseSentence(long, { facts }), `sentence of ${piece}`);
      quick(1000, () => parseSentence(`rating is ${long}x`, { facts }), `value of ${piece}`);
    }
    for (const piece of ['"', "\t", ",", "a", "\n", '""', ";", " ", "'", '"\n']) {
      quick(1000, () => tableFromText(piece.repeat(200_000)), `table of ${piece}`);
    }
    for (const piece of [".a", "[(", "@", "?(", "..", ")]", "['a']", "[?(@.a)]"]) {
      quick(1000, () => pathProblem(`$${piece.repeat(100_000)}`), `path of ${piece}`);
    }
    for (const piece of ["[", "{a:", "(", "not(", "-", "1+", '"', "a.", "f(", "1,"]) {
      quick(1000, () => jsonOfFeel(piece.repeat(50_000)), `FEEL of ${piece}`);
      quick(1000, () => testOfFeel(piece.repeat(50_000)), `unary test of ${piece}`);
    }
  });
});
