import { analyseRuleset } from "#engine/rules/analyse/analyse.ts";
import type { DecisionTable, HitPolicy } from "#engine/rules/table.ts";
import type { Figure } from "./figure.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];

function table(rows: string[][], hitPolicy: HitPolicy): DecisionTable {
  const columns = NAMES.map((fact) => ({ fact, type: "number" as const }));
  return { hitPolicy, columns, outputs: [{ name: "rate" }], rows: rows.map((cells, at) => ({ cells, out: [at] })) };
}

/** 1,000 rows that answer every input of 6 columns once. */
function complete(): string[][] {
  const sizes = [5, 5, 5, 2, 2, 2];
  const band = (at: number, of: number) =>
    at === 0 ? "< 10" : at === of - 1 ? `>= ${at * 10}` : `[${at * 10}..${at * 10 + 10})`;
  return Array.from({ length: 1000 }, (_, row) => {
    let left = row;
    return sizes.map((size) => {
      const at = left % size;
      left = Math.floor(left / size);
      return band(at, size);
    });
  });
}

/** 1,000 rows of stretches that overlap at random: nothing about them helps the search. */
function scattered(): string[][] {
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  return Array.from({ length: 1000 }, () =>
    NAMES.map(() => {
      const from = random(10_000);
      return random(3) === 0 ? "-" : `[${from}..${from + 1 + random(4000)})`;
    }),
  );
}

/**
 * Milliseconds of processor time to analyse tables of 1,000 rows by 6 columns, against the second they may take. What a
 * clock on the wall says is the machine's other work too.
 */
export function analysisTime(): Figure[] {
  const cases: [string, DecisionTable][] = [
    ["complete, unique", table(complete(), "unique")],
    ["complete, first match", table(complete().toReversed(), "first")],
    ["overlapping, unique", table(scattered(), "unique")],
    ["overlapping, first match", table(scattered(), "first")],
  ];
  return cases.map(([name, one]) => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const before = process.cpuUsage();
      const { complete } = analyseRuleset({ table: one });
      const used = process.cpuUsage(before);
      if (!complete) throw new Error(`${name}: the analysis stopped before its end`);
      best = Math.min(best, (used.user + used.system) / 1000);
    }
    const title = `analysis of 1,000 rows by 6 columns (${name}), against its budget`;
    return {
      bench: "rules",
      name: title,
      ours: Math.round(best),
      theirs: 1000,
      ratio: Number((1000 / best).toFixed(2)),
      unit: "ms CPU",
    };
  });
}
