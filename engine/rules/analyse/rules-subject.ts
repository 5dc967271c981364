import { canonical } from "../../words/json.ts";
import type { RulesetBody } from "../decide.ts";
import type { FactUse } from "../facts.ts";
import type { LeafNode, Plan, PlannedNode, PlannedRule, PlannedSlot } from "../plan.ts";
import { factInWords } from "../words.ts";
import { MOST_BOXES, TooManyBoxes } from "./box.ts";
import { ConditionRegions, type ReadLeaf } from "./condition-region.ts";
import { correlated, keyOfUse } from "./correlated.ts";
import { Dimension, type DimensionKind } from "./dimension.ts";
import { domainOf, kindOfType, titled } from "./domain.ts";
import { type Bounds, type Entry, exactly, type Subject } from "./entry.ts";
import { leafTest, suggestedKind } from "./leaf-test.ts";

/** Rules ready for analysis, with the means to look into their conditions. */
export interface RulesSubject extends Subject {
  regions: ConditionRegions;
  rules: readonly PlannedRule[];
  slots: readonly PlannedSlot[];
  /** How a comparison is understood. */
  read: (leaf: LeafNode) => ReadLeaf;
}

/** Makes planned rules ready for analysis. */
export function rulesSubject(plan: Plan, ruleset: Pick<RulesetBody, "facts" | "missing">): RulesSubject {
  const leaves = plan.rules.flatMap((rule) => leavesOf(rule.node));
  const { dimensions, places } = dimensionsOf(plan.slots, leaves, ruleset.facts);
  const full = dimensions.map((dimension) => dimension.full);
  const known = new Map<LeafNode, ReadLeaf>();
  const read = (leaf: LeafNode): ReadLeaf => {
    const said = known.get(leaf) ?? readLeaf(leaf, places, dimensions);
    known.set(leaf, said);
    return said;
  };
  const regions = new ConditionRegions(dimensions, read);
  const anywhere = [dimensions.map(() => undefined)];
  const entries = plan.rules.map((rule): Entry => {
    const unclear = [...new Set(leavesOf(rule.node).flatMap((leaf) => whyUnclear(read(leaf), leaf, plan.slots)))];
    const bounds = (wanted: "true" | "not-false"): Bounds => {
      try {
        return regions.bounds(rule.node, wanted);
      } catch (cause) {
        if (!(cause instanceof TooManyBoxes)) throw cause;
        if (unclear.length === 0) unclear.push(`its conditions fall apart into more than ${MOST_BOXES} cases`);
        return { sure: [], maybe: anywhere };
      }
    };
    const answers = bounds("true");
    const hasNull = dimensions.some((dimension) => dimension.nullAtom !== undefined);
    const blocks = ruleset.missing === "skip" || !hasNull ? answers : bounds("not-false");
    return {
      index: rule.index,
      path: `/rules/${rule.index}`,
      name: rule.name === undefined ? `rule ${rule.index + 1}` : `"${rule.name}"`,
      answers: unclear.length === 0 ? exactly(answers.sure) : answers,
      blocks,
      says: canonical(rule.event),
      priority: rule.priority,
      unclear,
    };
  });
  return { kind: "rules", dimensions, full, entries, regions, rules: plan.rules, slots: plan.slots, read };
}

export function leavesOf(node: PlannedNode): LeafNode[] {
  if (node.kind === "leaf") return [node];
  if (node.kind === "not") return leavesOf(node.child);
  return node.kind === "never" ? [] : node.sets.flat().flatMap(leavesOf);
}

type Place = { at: number } | { unclear: string; wrongType?: true };

function dimensionsOf(slots: readonly PlannedSlot[], leaves: readonly LeafNode[], facts: RulesetBody["facts"]) {
  const asked = [...new Set(leaves.map((leaf) => leaf.slot))];
  const bound = correlated(slots.map(({ use }) => use));
  const bySlot = Map.groupBy(leaves, (leaf) => leaf.slot);
  const dimensions: Dimension[] = [];
  const places = new Map<number, Place>();
  const placeOf = new Map<string, Place>();
  for (const slot of asked) {
    const { use } = slots[slot] as PlannedSlot;
    const key = keyOfUse(use);
    const problem = bound.get(key);
    const place = problem === undefined ? placeOf.get(key) : { unclear: problem };
    if (place) {
      places.set(slot, place);
      continue;
    }
    const own = asked.filter((other) => keyOfUse((slots[other] as PlannedSlot).use) === key);
    const made = dimension(
      use,
      own.flatMap((other) => bySlot.get(other) ?? []),
      facts,
    );
    const found: Place = made instanceof Dimension ? { at: dimensions.push(made) - 1 } : made;
    placeOf.set(key, found);
    places.set(slot, found);
  }
  return { dimensions, places };
}

function dimension(use: FactUse, leaves: readonly LeafNode[], facts: RulesetBody["facts"]) {
  const declared = facts && !use.path && Object.hasOwn(facts, use.fact) ? facts[use.fact] : undefined;
  const kind = declared ? kindOfType(declared.type) : agreedKind(leaves);
  if (!kind) {
    return {
      unclear: declared
        ? `it is a ${declared.type}, which has no plain order`
        : "it is compared as values of different types",
    };
  }
  const said = leaves.map((leaf) => leafTest(leaf, kind));
  const tests = said.flatMap((one) => (one.kind === "test" ? one.test : []));
  const asksNull = said.some((one) => one.kind === "presence");
  const [first] = said;
  if (tests.length === 0 && !asksNull && first?.kind === "unclear") {
    return { unclear: first.why, ...(first.wrongType && { wrongType: true as const }) };
  }
  return new Dimension(use, titled(use, declared, kind), domainOf(kind, declared), tests, asksNull);
}

/** The one kind that all comparisons of an undeclared fact suggest; text where they only ask for equality. */
function agreedKind(leaves: readonly LeafNode[]): DimensionKind | undefined {
  const kinds = new Set(leaves.flatMap((leaf) => suggestedKind(leaf) ?? []));
  if (kinds.size === 0) return "value";
  if (kinds.size === 1) return [...kinds][0];
  const ordering = leaves.some((leaf) => {
    const kind = suggestedKind(leaf);
    const name = leaf.operator.base.name;
    return (kind === "number" || kind === "date") && !["equal", "notEqual", "in", "notIn"].includes(name);
  });
  return ordering ? undefined : "value";
}

function readLeaf(leaf: LeafNode, places: ReadonlyMap<number, Place>, dimensions: readonly Dimension[]): ReadLeaf {
  const place = places.get(leaf.slot);
  if (!place) throw new Error(`no dimension was made for the comparison at ${leaf.at}`);
  if ("unclear" in place) return place;
  const dimension = dimensions[place.at] as Dimension;
  const test = leafTest(leaf, dimension.domain.kind);
  if (test.kind === "unclear") return { unclear: test.why, ...(test.wrongType && { wrongType: true }) };
  return { at: place.at, test };
}

function whyUnclear(read: ReadLeaf, leaf: LeafNode, slots: readonly PlannedSlot[]): string[] {
  return "unclear" in read ? [`${factInWords((slots[leaf.slot] as PlannedSlot).use)}: ${read.unclear}`] : [];
}
