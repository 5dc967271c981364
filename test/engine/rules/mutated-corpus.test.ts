import { describe, expect, it } from "vitest";
import { IssuesError } from "#engine/words/issue.ts";
import { cases, hasCorpus } from "./corpus.ts";
import { askLibrary, askOurs, standing } from "./library.ts";
import { Draw, mutated } from "./mutated-cases.ts";

const RUNS = process.env.RONDO_LONG === "1" ? 100_000 : 2_500;

describe.skipIf(!hasCorpus)("the corpus with operators, values, priorities, paths and facts changed at random", () => {
  it("is answered as json-rules-engine answers it at that moment, or refused, never differently", async () => {
    const all = cases((file) => file !== "hostile.jsonl");
    const draw = new Draw(Number(process.env.RONDO_SEED ?? 20_260_101));
    const counts = new Map<string, number>();
    const differing: string[] = [];
    for (let run = 0; run < RUNS && differing.length < 5; run++) {
      const seed = draw.below(2 ** 32);
      const source = draw.of(all);
      const refused = askOurs(mutated(source, seed), "closures");
      if (
        refused instanceof IssuesError &&
        refused.issues.some(({ code }) => /unknown-condition|condition-cycle/.test(code))
      )
        continue;
      const theirs = await askLibrary(mutated(source, seed));
      for (const using of ["source", "closures"] as const) {
        const said = standing(theirs, askOurs(mutated(source, seed), using));
        counts.set(said, (counts.get(said) ?? 0) + 1);
        if (said.startsWith("differs")) differing.push(`${source.id} with seed ${seed} (${using}): ${said}`);
      }
    }
    expect(differing).toEqual([]);
    expect(counts.get("agrees") ?? 0).toBeGreaterThan(RUNS);
    const early = [...counts].filter(([said]) => said.startsWith("refused")).reduce((sum, [, count]) => sum + count, 0);
    expect(early).toBeLessThan(RUNS * 2 * 0.06);
    if (process.env.RONDO_LONG === "1") console.info(Object.fromEntries(counts));
  }, 3_600_000);
});
