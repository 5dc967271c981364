import { conditionSentence } from "../condition-words.ts";
import type { LeafNode, PlannedNode, PlannedRule } from "../plan.ts";
import type { FactType } from "../ruleset.ts";
import { TooManyBoxes } from "./box.ts";
import { told } from "./box-words.ts";
import { type Dimension, valuesOf } from "./dimension.ts";
import { kindOfType } from "./domain.ts";
import type { Finding, Fix } from "./finding.ts";
import type { RulesSubject } from "./rules-subject.ts";

/** Finds conditions that can never hold or always hold, and comparisons with another type or outside a fact's range. */
export function constantConditions(subject: RulesSubject, facts: Record<string, FactType> | undefined): Finding[] {
  return subject.rules.flatMap((rule) => new RuleConstants(subject, rule, facts).findings());
}

class RuleConstants {
  readonly #subject: RulesSubject;
  readonly #rule: PlannedRule;
  readonly #facts: Record<string, FactType> | undefined;
  readonly #name: string;

  constructor(subject: RulesSubject, rule: PlannedRule, facts: Record<string, FactType> | undefined) {
    this.#subject = subject;
    this.#rule = rule;
    this.#facts = facts;
    this.#name = subject.entries.find(({ index }) => index === rule.index)?.name ?? `rule ${rule.index + 1}`;
  }

  findings(): Finding[] {
    const { node } = this.#rule;
    const inner = this.#within(node);
    if (!this.#isEmpty(node, "true")) return inner;
    const culprit = inner.find(({ severity }) => severity !== "info");
    if (culprit) return inner.map((one) => (one === culprit ? { ...one, severity: "error" } : one));
    const words = told(`${this.#name} can never hold: its conditions contradict each other`);
    return [...inner, this.#finding("never-holds", "error", `/rules/${this.#rule.index}/conditions`, words)];
  }

  /** Looks into the members of a group; of a constant group, at its own members and no deeper. */
  #within(node: PlannedNode): Finding[] {
    if (node.kind === "leaf") return this.#leaf(node);
    if (node.kind === "not") return this.#within(node.child);
    return node.kind === "never" ? [] : node.sets.flat().flatMap((member) => this.#within(member));
  }

  #leaf(leaf: LeafNode): Finding[] {
    const read = this.#subject.read(leaf);
    const mistyped = this.#mistyped(leaf);
    if (mistyped) return [mistyped];
    if ("unclear" in read) return [];
    const dimension = this.#subject.dimensions[read.at] as Dimension;
    const never = this.#isEmpty(leaf, "true");
    if (!never && !this.#isEmpty(leaf, "not-true")) return [];
    const sentence = conditionSentence(leaf, this.#subject.slots, this.#facts);
    const outside = read.test.kind === "test" && valuesOf(read.test.test).some((value) => isOutside(value, dimension));
    const holds = never ? "can never hold" : "always holds";
    const why = outside ? `; ${rangeWords(dimension)}` : "";
    const code = outside ? "outside-range" : never ? "never-holds" : "always-holds";
    const words = told(`in ${this.#name}, "${sentence}" ${holds}${why}`);
    return [this.#finding(code, never ? "warning" : "info", leaf.source, words)];
  }

  #mistyped(leaf: LeafNode): Finding | undefined {
    const use = this.#subject.slots[leaf.slot]?.use;
    const declared =
      use && !use.path && this.#facts && Object.hasOwn(this.#facts, use.fact) ? this.#facts[use.fact] : undefined;
    const { base, decorators } = leaf.operator;
    const title = declared?.title ?? use?.fact ?? "";
    if (declared && decorators.every((name) => name === "not") && !base.facts.includes(declared.type)) {
      const words = told(
        `in ${this.#name}, ${title} is a ${declared.type}, and "${base.label}" (${base.name}) does not fit that`,
      );
      // Looking into a list works for values of every type; any other operator would never compare what it is made for.
      const severity = base.argument === "list" ? "warning" : "error";
      return this.#finding("wrong-type", severity, `${leaf.source}/operator`, words);
    }
    const read = this.#subject.read(leaf);
    if (!("unclear" in read) || !read.wrongType || !("literal" in leaf.operand)) return undefined;
    const { literal } = leaf.operand;
    const words = told(`in ${this.#name}, ${title} "${base.label}" ${JSON.stringify(literal)}: ${read.unclear}`);
    const fix = declared && retyped(literal, declared, `${leaf.source}/value`);
    return {
      ...this.#finding("wrong-type", declared ? "error" : "warning", `${leaf.source}/value`, words),
      ...(fix && { fix }),
    };
  }

  #isEmpty(node: PlannedNode, wanted: "true" | "not-true"): boolean {
    try {
      return this.#subject.regions.region(node, wanted, false).length === 0;
    } catch (cause) {
      if (cause instanceof TooManyBoxes) return false;
      throw cause;
    }
  }

  #finding(code: Finding["code"], severity: Finding["severity"], path: string, words: string): Finding {
    return { code, severity, path, rules: [this.#rule.index], words, inputs: [] };
  }
}

function isOutside(value: unknown, { domain }: Dimension): boolean {
  if (domain.of && domain.of.length > 0) return !domain.of.some((one) => one === value);
  if (typeof value !== "number") return false;
  return (domain.min !== undefined && value < domain.min) || (domain.max !== undefined && value > domain.max);
}

function rangeWords({ domain, type }: Dimension): string {
  if (domain.of && domain.of.length > 0)
    return `the values of ${type.title} are ${domain.of.slice(0, 8).map(String).join(", ")}`;
  const { min, max } = domain;
  if (min !== undefined && max !== undefined) return `${type.title} lies between ${min} and ${max}`;
  return min === undefined ? `${type.title} is at most ${max}` : `${type.title} is at least ${min}`;
}

/** The literal as the declared type spells it: `"5"` as 5, `"yes"` as true. */
function retyped(literal: unknown, declared: FactType, path: string): Fix | undefined {
  const kind = kindOfType(declared.type);
  if (typeof literal !== "string") return undefined;
  const text = literal.trim();
  const number = text === "" ? Number.NaN : Number(text);
  if (kind === "number" && Number.isFinite(number)) {
    return { words: `Compare with the number ${number}`, edit: [{ op: "replace", path, value: number }] };
  }
  const said = { yes: true, true: true, no: false, false: false }[text.toLowerCase()];
  if (kind !== "boolean" || said === undefined) return undefined;
  return { words: `Compare with ${said ? "yes" : "no"}`, edit: [{ op: "replace", path, value: said }] };
}
