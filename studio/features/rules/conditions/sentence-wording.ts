import type { FactUse } from "#engine/rules/facts.ts";
import type { FactType } from "#engine/rules/ruleset.ts";
import type { Wording } from "#engine/rules/words.ts";
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

/** What sentences may speak of. */
export interface Spoken extends Wording {
  facts: Record<string, FactType>;
  uses: readonly FactUse[];
}

const known = new WeakMap<readonly FactChoice[], Spoken>();

/** How sentences call the facts on offer, and which places they may speak of; places that the tree reads come first. */
export function sentenceWording(choices: readonly FactChoice[], value: Json): Spoken {
  const offered = known.get(choices) ?? wordingOf(choices);
  known.set(choices, offered);
  const own = placesIn(value).filter((place) => place.path || place.params);
  if (own.length === 0) return offered;
  const names = new Set<string>();
  const uses = [...own, ...offered.uses].filter((place) => {
    const name = offered.title?.(place) ?? place.fact;
    return names.has(name) ? false : names.add(name);
  });
  return { ...offered, uses };
}

function wordingOf(choices: readonly FactChoice[]): Spoken {
  const facts: Record<string, FactType> = {};
  for (const one of choices) {
    if (one.path || facts[one.fact]) continue;
    facts[one.fact] = { type: one.type, title: spokenTitle(one), ...(one.unit ? { unit: one.unit } : {}) };
  }
  // A fact that is read whole stands among `facts` already.
  const uses = choices.flatMap(({ fact, params, path }): FactUse[] =>
    path || params ? [{ fact, ...(params ? { params } : {}), ...(path ? { path } : {}) }] : [],
  );
  return {
    facts,
    uses,
    type: (place) => spokenType(place, choices),
    title: (place) => {
      const found = choiceFor(place as unknown as Json, choices);
      return found && spokenTitle(found);
    },
  };
}
