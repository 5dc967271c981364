import type { Catalogue } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import type { Grain } from "../../text/period.ts";

/** Words of a title that tell how often something is done. */
const SAID: readonly (readonly [RegExp, Grain])[] = [
  [/\b(annual|annually|yearly|year)\b/i, "year"],
  [/\b(half-year|half-yearly|semi-annual)\b/i, "half"],
  [/\b(quarter|quarterly)\b/i, "quarter"],
  [/\b(month|monthly)\b/i, "month"],
];

/**
 * The grain of the periods a workflow is likely about: as the cadence that starts it says, else the plan it pays by, else
 * its own title. Undefined where nothing tells.
 */
export function likelyGrain(definition: Definition, catalogue: Catalogue): Grain | undefined {
  for (const cadence of catalogue.all("cadence")) {
    if (cadence.starts.workflow !== definition.id) continue;
    const grain = /^(?:this|previous)-(month|quarter|year)$/.exec(cadence.period ?? "")?.[1];
    if (grain) return grain as Grain;
  }
  if (definition.kind === "workflow") {
    for (const step of Object.values(definition.steps)) {
      const plan = step.kind === "payout" ? catalogue.find("plan", step.plan) : undefined;
      if (plan) return plan.period === "half-year" ? "half" : plan.period;
    }
  }
  // "Half-year" holds the word "year": the longest wording is looked for first.
  const found = SAID.filter(([word]) => word.test(definition.title)).map(([, grain]) => grain);
  return found.includes("half") ? "half" : found[0];
}
