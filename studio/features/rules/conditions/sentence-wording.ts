import type { FactUse } from "#engine/rules/facts.ts";
import type { FactType } from "#engine/rules/ruleset.ts";
import type { Json } from "#engine/words/json.ts";
import { choiceFor, type FactChoice } from "./fact-choice.ts";
import { placesIn } from "./places-in.ts";

/** A fact's title as it stands in the middle of a sentence. */
export const spokenTitle = (choice: FactChoice): string => choice.title.replaceAll(": ", " ").toLowerCase();

/** The type of a place that only the list of facts knows: of a metric's parts, its attainment is a share. */
export function spokenType(place: FactUse, choices: readonly FactChoice[]): FactType | undefined {
  const found = place.path ? choiceFor(place as unknown as Json, choices) : undefined;
  return found?.type === "percent" ? { type: "percent" } : undefined;
}

/** How sentences call the facts on offer, and which places they may speak of; facts that the tree reads come first. */
export function sentenceWording(choices: readonly FactChoice[], value: Json) {
  const use = ({ fact, params, path }: FactChoice): FactUse => ({
    fact,
    ...(params ? { params } : {}),
    ...(path ? { path } : {}),
  });
  const own = placesIn(value);
  const facts: Record<string, FactType> = {};
  for (const one of choices) {
    if (one.path || facts[one.fact]) continue;
    facts[one.fact] = { type: one.type, title: spokenTitle(one), ...(one.unit ? { unit: one.unit } : {}) };
  }
  const spoken = new Set<string>();
  const uses = [...own, ...choices.map(use)].filter((place) => {
    // A fact read whole stands among `facts` already.
    if (!place.path && !place.params && facts[place.fact]) return false;
    const title = choiceFor(place as unknown as Json, choices);
    const name = title ? spokenTitle(title) : place.fact;
    return spoken.has(name) ? false : spoken.add(name);
  });
  return {
    facts,
    uses,
    type: (place: FactUse) => spokenType(place, choices),
    title: (place: FactUse) => {
      const found = choiceFor(place as unknown as Json, choices);
      return found && spokenTitle(found);
    },
  };
}
