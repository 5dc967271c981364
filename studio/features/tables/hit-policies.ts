import type { HitPolicy } from "#engine/rules/table.ts";

/** What each hit policy is called, and what it means to the author. */
export const POLICIES: Record<HitPolicy, { label: string; means: string }> = {
  unique: {
    label: "Exactly one row may fit",
    means: "Two rows that fit the same input are a mistake, and you are told of it before publishing.",
  },
  first: { label: "The first row that fits", means: "Rows are read from the top: the order of rows decides." },
  any: {
    label: "Several may fit, all saying the same",
    means: "Rows may overlap as long as they answer alike; where they differ, you are told.",
  },
  priority: {
    label: "The strongest answer",
    means: "Of all rows that fit, the answer that stands first in the list of allowed answers.",
  },
  "rule-order": { label: "All rows that fit, in order", means: "A list of answers, in the order of the rows." },
  "output-order": {
    label: "All, the strongest first",
    means: "A list of answers, in the order of the allowed answers.",
  },
  collect: { label: "All rows that fit", means: "A list of answers, in no particular order." },
  "collect-sum": { label: "The sum of all that fit", means: "The answers of all rows that fit, added up." },
  "collect-min": { label: "The smallest of all", means: "The smallest answer of the rows that fit." },
  "collect-max": { label: "The largest of all", means: "The largest answer of the rows that fit." },
  "collect-count": { label: "How many fit", means: "The number of rows that fit." },
};
