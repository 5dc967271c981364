import type { StatementView } from "#engine/contract/views/incentives.ts";
import { parse } from "#engine/definition/parse.ts";
import { InputLoader } from "../payouts/load-inputs.ts";
import { toStatement } from "../payouts/statement-view.ts";
import { Refused } from "./refused.ts";
import { compiled, liveKit, liveSources, periodOfPlan } from "./run-plan.ts";
import type { Runtime } from "./runtime.ts";

/**
 * A plan, saved or not, for one person from what is stored now; nothing is booked. Throws `Refused`: a document that is no
 * plan or cannot run (with its issues), a period of another kind, nobody of that name.
 */
export async function tryPlan(
  runtime: Runtime,
  { document, person: id, period: periodId }: { document: unknown; person: string; period: string },
): Promise<StatementView> {
  const parsed = parse(document);
  if (!parsed.ok) throw new Refused("has-problems", "The document is not a plan yet.", { issues: parsed.issues });
  const plan = parsed.definition;
  if (plan.kind !== "plan") throw new Refused("bad-input", `"${plan.title}" is a ${plan.kind}, not a plan.`);
  const period = periodOfPlan(plan, periodId);
  const kit = liveKit(runtime, plan);
  const compute = compiled(kit);
  const sources = await liveSources(runtime, kit, period);
  const person = sources.directory.person(id);
  const [inputs] = await new InputLoader(sources).load([id]);
  if (!person || !inputs) throw new Refused("not-found", `There is no person "${id}".`);
  const units = sources.directory.units().map((unit) => [unit.id, unit.title]);
  return toStatement(
    { payout: compute(inputs), inputs, delta: null },
    {
      run: null,
      plan,
      version: null,
      rulesets: Object.entries(kit.rulesets).flatMap(([id, { title }]) => {
        const live = runtime.catalogue.version("ruleset", id);
        return live ? [{ id, title, version: live.version }] : [];
      }),
      titles: { ...Object.fromEntries(units), ...kit.titles },
      jobTitle: person.title,
    },
  );
}
