import type { WhyNotView } from "#engine/contract/views/rules.ts";
import { payoutFacts } from "#engine/incentive/fact-reader.ts";
import { factTitle } from "#engine/incentive/titles.ts";
import type { Json } from "#engine/words/json.ts";
import { Refused } from "../commands/refused.ts";
import type { Database } from "../db/client.ts";
import { storedStatement } from "../payouts/statement-view.ts";
import { factSource } from "./fact-source.ts";
import { conditionsWhyNot } from "./why-not-view.ts";

/**
 * What would have had to be different for a component's gate to pass (or, where it passed, not to), by the plan's version
 * and the figures that the run computed from. Throws `Refused` where there is no such statement, component or gate.
 */
export async function gateWhyNot(
  db: Database,
  { run, person, component: id }: { run: string; person: string; component: string },
): Promise<WhyNotView> {
  const found = await storedStatement(db, run, person);
  if (!found) throw new Refused("not-found", "This run has no statement for this person.");
  const { stored, frame } = found;
  const component = (frame.plan.components ?? []).find((one) => one.id === id);
  if (!component) throw new Refused("not-found", `The plan has no component "${id}".`);
  if (!component.gate) throw new Refused("not-found", `“${component.title}” has no gate: it always pays in full.`);
  return conditionsWhyNot(
    component.gate.when,
    {
      read: payoutFacts(frame.plan, stored.inputs),
      wording: { title: (use) => factTitle(frame.titles)(use)?.toLowerCase() },
      source: ({ fact, params }, value: Json) =>
        factSource(
          { fact, ...(params && { params: { ...params, window: stored.inputs.period.id } }), value },
          (_, one) => frame.titles[one],
        ),
    },
    {
      name: `The gate of “${component.title}”`,
      question: (wanted) => `What would have made the gate of “${component.title}” ${wanted ? "pass" : "not pass"}?`,
    },
  );
}
