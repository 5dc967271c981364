import { useMemo } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { Wording } from "#engine/rules/words.ts";
import type { Json } from "#engine/words/json.ts";
import { choiceFor, type FactChoice } from "../conditions/fact-choice.ts";
import { spokenTitle, spokenType } from "../conditions/sentence-wording.ts";

/** How sentences about the open rule set call its facts: as they are called where they are chosen. */
export function useRuleWording(choices: readonly FactChoice[], ruleset: Ruleset | null): Wording {
  return useMemo(
    () => ({
      ...(ruleset?.facts ? { facts: ruleset.facts } : {}),
      title: (use) => {
        const found = choiceFor(use as unknown as Json, choices);
        return found && spokenTitle(found);
      },
      type: (use) => spokenType(use, choices),
    }),
    [choices, ruleset],
  );
}
