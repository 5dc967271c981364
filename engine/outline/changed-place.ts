import { quoted, spell } from "./words.ts";

/** The road to a place in a document, with the value that stands at each stop, so that it can be called by its title. */
export type Place = { key: string | number; value: unknown }[];

/** What the members of a container are called. */
const containers: Record<string, string> = {
  steps: "step",
  branches: "branch",
  levels: "level",
  rules: "rule",
  components: "component",
  sections: "section",
  questions: "question",
  modifiers: "modifier",
  parameters: "parameter",
  values: "parameter",
  data: "field",
  fields: "field",
  clocks: "clock",
  rows: "row",
  columns: "column",
  outputs: "output",
  tests: "test",
  tiers: "tier",
  triggers: "trigger",
  facts: "fact",
  metrics: "metric",
  blackouts: "blackout",
};

/** Members whose name alone says too little. */
const members: Record<string, string> = {
  on: "way",
  to: "target",
  when: "condition",
  conditions: "condition",
  after: "time",
  out: "answer",
  of: "choices",
  uses: "parameter sheets used",
  key: "key of a case",
  extra: "further days off",
  week: "working hours",
};

/**
 * A place in words, from the inside out: `the deadline of the step “Self review”`, `the condition of the rule “far from
 * results”`, `the weight of the component “Laptops sold”`.
 */
export function changedPlace(at: Place): string {
  const parts: string[] = [];
  for (let index = 0; index < at.length; index++) {
    const { key, value } = at[index]!;
    const container = at[index - 1]?.key;
    const name = memberOf(container, key, value);
    if (name !== undefined) parts.push(name);
    else if (container === "on") parts.push(`the way on ${quoted(spell(String(key)))}`);
    else if (index === at.length - 1 || !isContainer(at, index)) parts.push(plain(key));
  }
  return parts.reverse().join(" of ");
}

/** The name of a whole part that was added or removed: `the step “Self review”`; undefined for a single value. */
export function partName(at: Place): string | undefined {
  const [last, container] = [at.at(-1), at.at(-2)?.key];
  if (!last || memberOf(container, last.key, last.value) === undefined) return undefined;
  if (typeof last.value !== "object") return undefined;
  return changedPlace(at);
}

function memberOf(container: string | number | undefined, key: string | number, value: unknown): string | undefined {
  const word =
    typeof container === "string" && Object.hasOwn(containers, container) ? containers[container] : undefined;
  if (word === undefined) return undefined;
  const { title, name } = (value !== null && typeof value === "object" ? value : {}) as {
    title?: unknown;
    name?: unknown;
  };
  const called = typeof title === "string" ? title : typeof name === "string" ? name : undefined;
  if (called !== undefined) return `the ${word} ${quoted(called)}`;
  return typeof key === "number" ? `${word} ${key + 1}` : `the ${word} ${quoted(spell(key))}`;
}

/** Whether a member holds parts that an author names: steps, parameters, fields. */
export function isNamedParts(key: string | number | undefined): boolean {
  return typeof key === "string" && Object.hasOwn(containers, key);
}

/** A key that only holds named members is not said: "the step" is enough, not "the step of the steps". */
function isContainer(at: Place, index: number): boolean {
  const { key } = at[index]!;
  return isNamedParts(key) || key === "on" || key === "table";
}

function plain(key: string | number): string {
  if (typeof key === "number") return `entry ${key + 1}`;
  return `the ${(Object.hasOwn(members, key) && members[key]) || spell(key)}`;
}
