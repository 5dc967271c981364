import { isDay } from "./date-order.ts";
import { OPERATORS, type OperatorRow } from "./operators.ts";
import type { FactType } from "./ruleset.ts";

/** What a verb can mean: an operator, or the opposite of one. */
export interface Meaning {
  row: OperatorRow;
  negated: boolean;
}

/** Every verb of a sentence with what it can mean, the longest first: `is at least` is tried before `is`. */
export const VERBS: readonly { phrase: string; meanings: readonly Meaning[] }[] = verbs();

function verbs() {
  const found = new Map<string, Meaning[]>();
  const add = (phrase: string, meaning: Meaning) => found.set(phrase, [...(found.get(phrase) ?? []), meaning]);
  for (const row of OPERATORS) add(row.label, { row, negated: false });
  for (const row of OPERATORS) add(row.opposite, { row, negated: true });
  return [...found]
    .map(([phrase, meanings]) => ({ phrase, meanings }))
    .sort((a, b) => b.phrase.length - a.phrase.length);
}

/** The meaning of a verb that fits the values beside it: `is between` two dates is another operator than between numbers. */
export function meaningOf(meanings: readonly Meaning[], value: unknown, type: FactType | undefined): Meaning {
  const values = Array.isArray(value) ? value : [value];
  const typed = type?.type === "date" || type?.type === "date-time";
  const dated = value === undefined ? typed : values.length > 0 && values.every(isDay);
  const isDated = ({ row }: Meaning) => row.name.startsWith("date");
  const fitting = meanings.filter((meaning) => isDated(meaning) === dated);
  return (fitting[0] ?? meanings[0]) as Meaning;
}
