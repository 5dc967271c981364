import type { ResolvedOperator } from "./decorators.ts";
import { parsesAsNumber } from "./operators.ts";
import { step } from "./path.ts";
import type { LeafNode, Plan, PlannedNode, PlannedRule } from "./plan.ts";

/** Evaluates a run of rules over plain facts and appends their results; false where it must be left to the closures. */
export type Program = (
  facts: Record<string, unknown>,
  results: unknown[],
  events: unknown[],
  failureEvents: unknown[],
) => boolean;

export interface GenerateOptions {
  allowUndefinedFacts: boolean;
  trace: boolean;
  /** The event of a rule whose params take facts, from the values of its `eventParams`. */
  event: (rule: PlannedRule, values: unknown[]) => object;
}

const hasOwn = Object.hasOwn;
const isSafeKey = (key: string) =>
  !(key in Object.prototype) && !(key in Array.prototype) && !(key in String.prototype);
const UNREAD = Symbol("unread");

/** The value is what a number test lets through, and stands in this order to the other. */
const ORDER: Record<string, { sign: string; compare: (fact: unknown, value: unknown) => boolean }> = {
  lessThan: { sign: "<", compare: (a, b) => parsesAsNumber(a) && (a as number) < (b as number) },
  lessThanInclusive: { sign: "<=", compare: (a, b) => parsesAsNumber(a) && (a as number) <= (b as number) },
  greaterThan: { sign: ">", compare: (a, b) => parsesAsNumber(a) && (a as number) > (b as number) },
  greaterThanInclusive: { sign: ">=", compare: (a, b) => parsesAsNumber(a) && (a as number) >= (b as number) },
};

/**
 * Straight-line source for some rules of a plan. Nothing that a person wrote is ever part of the source: names, keys and
 * literals are members of the array `C`, and the source says only `k0`, `k1`. It answers for facts that are all present and
 * none of them a function; anything else it leaves to the closures by returning false.
 */
class Writer {
  readonly #constants: unknown[] = [];
  readonly #names = new Map<unknown, string>();
  readonly #lines: string[] = [];
  readonly #facts = new Map<string, string>();
  readonly #slots = new Map<number, string>();
  /** The leaves of the rule that is being written, where each of them is evaluated whatever the others say. */
  #leaves: { at: string; code: string }[] | undefined;
  readonly #plan: Plan;
  readonly #options: GenerateOptions;

  constructor(plan: Plan, options: GenerateOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  constant(value: unknown): string {
    const known = this.#names.get(value);
    if (known && !Object.is(value, -0)) return known;
    const name = `k${this.#constants.push(value) - 1}`;
    this.#names.set(value, name);
    return name;
  }

  /** A name as the machine keeps those of members: any other text of the same letters makes it compile the access again. */
  #key(name: string): string {
    return this.constant(Object.keys({ [name]: true })[0]);
  }

  /** The local that holds a fact; declared, and checked to be there and no function, on first use. */
  #fact(fact: string): string {
    const known = this.#facts.get(fact);
    if (known) return known;
    const name = `f${this.#facts.size}`;
    this.#facts.set(fact, name);
    const key = this.#key(fact);
    const isOwn = `${this.constant(hasOwn)}(facts, ${key})`;
    const read = isSafeKey(fact) ? `facts[${key}]` : `${isOwn} ? facts[${key}] : undefined`;
    const gone = this.#options.allowUndefinedFacts ? "" : `if (${name} === undefined && !${isOwn}) return false; `;
    this.#lines.push(`const ${name} = ${read}; ${gone}if (typeof ${name} === "function") return false;`);
    return name;
  }

  /** An expression for a slot: a local, or for a path that searches the reading of it, done once. */
  slot(index: number): { code: string; simple: boolean } {
    const slot = this.#plan.slots[index];
    if (!slot) throw new Error(`no slot ${index}`);
    const fact = this.#fact(this.#plan.calls[slot.call]?.fact ?? "");
    if (!slot.path) return { code: fact, simple: true };
    const known = this.#slots.get(index);
    const name = known ?? `s${index}`;
    this.#slots.set(index, name);
    const { keys, read } = slot.path;
    if (keys) {
      if (!known) this.#lines.push(this.#walk(name, fact, keys));
      return { code: name, simple: true };
    }
    const unread = this.constant(UNREAD);
    if (!known) this.#lines.push(`let ${name} = ${unread};`);
    return { code: `(${name} === ${unread} ? (${name} = ${this.constant(read)}(${fact})) : ${name})`, simple: false };
  }

  #walk(name: string, fact: string, keys: readonly string[]): string {
    const steps = keys.map((key, depth) => {
      const careful = `${this.constant(step)}(${name}, ${this.#key(key)})`;
      if (!isSafeKey(key)) return `${name} = ${careful};`;
      const plain = `${name}[${this.#key(key)}]`;
      return depth === 0
        ? `${name} = ${plain};`
        : `${name} = typeof ${name} === "object" && ${name} !== null ? ${plain} : ${careful};`;
    });
    return (
      `let ${name} = ${fact}; if (typeof ${name} === "object" && ${name} !== null) { ${steps.join(" ")} } ` +
      `if (typeof ${name} === "function") return false;`
    );
  }

  condition(node: PlannedNode): string {
    switch (node.kind) {
      case "leaf":
        return this.#leaf(node);
      case "never":
        return "false";
      case "not":
        return `!${this.condition(node.child)}`;
      case "all":
      case "any": {
        if (node.sets.length === 0) return "true";
        const short = node.kind === "all" ? " && " : " || ";
        return `(${node.sets.map((set) => this.#set(set, node.kind)).join(short)})`;
      }
      default:
        throw new Error(`unknown condition ${JSON.stringify(node satisfies never)}`);
    }
  }

  /** One set of equal priority: what may fail (or, traced, everything) is evaluated whatever the rest says. */
  #set(set: PlannedNode[], kind: "all" | "any"): string {
    const short = kind === "all" ? " && " : " || ";
    const needed = set.filter((node) => node.throws || this.#options.trace).map((node) => this.condition(node));
    const rest = set.filter((node) => !node.throws && !this.#options.trace).map((node) => this.condition(node));
    const first = needed.length > 1 ? [`(${needed.join(kind === "all" ? " & " : " | ")}) === 1`] : needed;
    return `(${[...first, ...rest].join(short)})`;
  }

  #leaf(node: LeafNode): string {
    const fact = this.slot(node.slot);
    const value = "slot" in node.operand ? this.slot(node.operand.slot).code : this.constant(node.operand.literal);
    const test = this.#compare(
      node.operator,
      fact,
      value,
      "literal" in node.operand ? node.operand.literal : undefined,
    );
    if (!this.#options.trace) return test;
    const code = `{ r: ${test}, f: ${fact.code}, v: ${value} }`;
    if (!this.#leaves) return `(t[${JSON.stringify(node.at)}] = ${code}).r`;
    return `l${this.#leaves.push({ at: node.at, code }) - 1}.r`;
  }

  #compare(
    operator: ResolvedOperator,
    fact: { code: string; simple: boolean },
    value: string,
    literal: unknown,
  ): string {
    const order = ORDER[operator.name];
    if (operator.name === "equal") return `(${fact.code} === ${value})`;
    if (operator.name === "notEqual") return `(${fact.code} !== ${value})`;
    if (order && fact.simple) {
      return `(typeof ${fact.code} === "number" ? ${fact.code} ${order.sign} ${value} : ${this.constant(order.compare)}(${fact.code}, ${value}))`;
    }
    if (Array.isArray(literal) && (operator.name === "in" || operator.name === "notIn")) {
      return `(${value}.indexOf(${fact.code}) ${operator.name === "in" ? "!==" : "==="} -1)`;
    }
    return `${this.constant(operator.compare)}(${fact.code}, ${value})`;
  }

  rule(rule: PlannedRule): void {
    const { event, trace } = this.#options;
    this.#leaves = trace && isWhole(rule.node) ? [] : undefined;
    const test = this.condition(rule.node);
    const values = rule.eventParams.map((param) => this.slot(param.slot).code).join(", ");
    const make = this.constant((given: unknown[]) => event(rule, given));
    const emitted = rule.eventParams.length === 0 ? this.constant(rule.event) : `${make}([${values}])`;
    const traced = trace ? ", trace: t" : "";
    this.#lines.push(
      `{ ${trace ? this.#traceOf(this.#leaves) : ""}const r = ${test}; const e = ${emitted}; ` +
        `results.push({ name: ${this.constant(rule.name)}, priority: ${this.constant(rule.priority)}, result: r, event: e${traced} }); ` +
        `if (r) events.push(e); else failureEvents.push(e); }`,
    );
  }

  /** The trace as one object made at once; as one that grows where leaves may be left out. */
  #traceOf(leaves: { at: string; code: string }[] | undefined): string {
    if (!leaves) return "const t = {}; ";
    const each = leaves.map(({ code }, at) => `const l${at} = ${code}; `).join("");
    return `${each}const t = { ${leaves.map(({ at }, index) => `${JSON.stringify(at)}: l${index}`).join(", ")} }; `;
  }

  finish(): Program {
    const names = this.#constants.map((_, index) => `k${index} = C[${index}]`).join(", ");
    const body = `"use strict"; const ${names || "k = 0"}; return function (facts, results, events, failureEvents) {\n${this.#lines.join("\n")}\nreturn true; };`;
    return new Function("C", body)(this.#constants) as Program;
  }
}

/** Whether every leaf is evaluated when traced: no group has members that only count while others leave it open. */
function isWhole(node: PlannedNode): boolean {
  if (node.kind === "all" || node.kind === "any") return node.sets.length <= 1 && node.sets.flat().every(isWhole);
  return node.kind !== "not" || isWhole(node.child);
}

/** Rules in one generated function: so few that the machine optimises it soon, which takes it much longer for twice as many. */
const RULES_PER_PROGRAM = 10;
/** A rule with more conditions than this is left to closures. */
const MOST_CONDITIONS = 400;

function conditionsIn(node: PlannedNode): number {
  if (node.kind === "all" || node.kind === "any")
    return 1 + node.sets.flat().reduce((sum, child) => sum + conditionsIn(child), 0);
  return node.kind === "not" ? 1 + conditionsIn(node.child) : 1;
}

/** Generates the programs of a plan, in the order of its rules; undefined where source may not be made (a strict page) or grows too big. */
export function generate(plan: Plan, options: GenerateOptions): Program[] | undefined {
  const programs: Program[] = [];
  let batch: PlannedRule[] = [];
  let size = 0;
  const flush = () => {
    const writer = new Writer(plan, options);
    for (const rule of batch) writer.rule(rule);
    if (batch.length > 0) programs.push(writer.finish());
    batch = [];
    size = 0;
  };
  try {
    for (const rule of plan.rules) {
      const own = conditionsIn(rule.node);
      if (own > MOST_CONDITIONS) return undefined;
      if (batch.length === RULES_PER_PROGRAM || size + own > MOST_CONDITIONS) flush();
      batch.push(rule);
      size += own;
    }
    flush();
    return programs;
  } catch (cause) {
    if (cause instanceof EvalError) return undefined;
    throw cause;
  }
}
