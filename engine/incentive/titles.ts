import { conditionInWords } from "../rules/condition-words.ts";
import type { Conditions } from "../rules/conditions.ts";
import type { FactUse } from "../rules/facts.ts";
import { IssuesError } from "../words/issue.ts";
import { factName } from "./judge.ts";

/** Titles of measures, rule sets and facts by id, for people. */
export type Titles = Readonly<Record<string, string>>;

/** The title of an id; where there is none, what else it is called, or the id itself. */
export function titleOf(titles: Titles | undefined, id: string, otherwise = id): string {
  return titles && Object.hasOwn(titles, id) ? titles[id]! : otherwise;
}

/** How conditions call a fact: the title of its metric or of itself, and which member of it is read. */
export function factTitle(titles: Titles | undefined): (use: FactUse) => string | undefined {
  return (use) => {
    const { name } = factName(use);
    if (!titles || !Object.hasOwn(titles, name)) return undefined;
    const member = use.path?.match(/([A-Za-z_][\w-]*)$/)?.[1];
    return member && member !== "value" ? `${titles[name]} ${member}` : titles[name];
  };
}

/** Conditions in words; a document that is still being written may hold conditions that nothing can be said of. */
export function clause(conditions: Conditions, titles: Titles | undefined): string {
  try {
    return conditionInWords(conditions, { title: factTitle(titles) });
  } catch (cause) {
    if (cause instanceof IssuesError) return "its conditions hold";
    throw cause;
  }
}
