import { error, type Issue } from "../words/issue.ts";
import { canonical } from "../words/json.ts";
import { pointer } from "../words/pointer.ts";
import type { FactUse } from "./facts.ts";
import { LIMITS } from "./limits.ts";
import { frozenCopy, tooDeep } from "./literal.ts";
import { compilePath, pathProblem } from "./path.ts";
import type { PlannedCall, PlannedSlot } from "./plan.ts";

export interface PlannerOptions {
  /** Named conditions, as written. */
  conditions?: Record<string, unknown>;
  allowUndefinedConditions?: boolean;
  /** Priority of facts, by which json-rules-engine orders the conditions that name none. */
  factPriorities?: Record<string, number>;
  /** Where the named conditions stand in the document, for issues. */
  conditionsAt?: string;
}

/** What a planning run collects: the distinct reads, the issues, and how much there is. */
export class Planner {
  readonly issues: Issue[] = [];
  readonly calls: PlannedCall[] = [];
  readonly slots: PlannedSlot[] = [];
  readonly shared: ReadonlyMap<string, unknown>;
  readonly options: PlannerOptions;
  /** Conditions planned so far; past the limit nothing more is planned. */
  size = 0;
  readonly #callOf = new Map<string, number>();
  readonly #slotOf = new Map<string, number>();
  readonly #weights = new Map<string, number>();

  constructor(options: PlannerOptions) {
    this.options = options;
    this.shared = new Map(Object.entries(options.conditions ?? {}));
  }

  refuse(code: string, at: string, message: string, hint?: string): undefined {
    if (this.issues.length < 200) this.issues.push(error(code, at, message, hint));
    return undefined;
  }

  /** The slot that reads this fact, shared with every other place that reads the same. */
  slot(read: { fact: unknown; params?: unknown; path?: unknown }, at: string): number | undefined {
    const { fact, params, path } = read;
    if (typeof fact !== "string") {
      return this.refuse("fact-name", `${at}/fact`, "the name of a fact is a text", 'e.g. "person.role"');
    }
    if (tooDeep(params)) return this.refuse("too-deep", `${at}/params`, "the params nest too deep");
    if (path !== undefined && path !== null && typeof path !== "string") {
      return this.refuse("path", `${at}/path`, "a path is a text", 'e.g. "$.attainment"');
    }
    const problem = path ? pathProblem(path) : undefined;
    if (problem) return this.refuse("path", `${at}/path`, problem, 'write a JSONPath such as "$.attainment"');
    return this.#place(fact, params === undefined ? undefined : frozenCopy(params), path || undefined);
  }

  #place(fact: string, params: unknown, path: string | undefined): number {
    const callKey = `${JSON.stringify(fact)}${keyOf(params)}`;
    let call = this.#callOf.get(callKey);
    if (call === undefined) {
      call = this.calls.push({ fact, params }) - 1;
      this.#callOf.set(callKey, call);
    }
    const slotKey = `${call} ${path ?? ""}`;
    let slot = this.#slotOf.get(slotKey);
    if (slot === undefined) {
      const use: FactUse = { fact };
      if (params !== undefined) use.params = params as NonNullable<FactUse["params"]>;
      if (path) use.path = path;
      slot = this.slots.push({ call, path: path ? compilePath(path) : undefined, use: Object.freeze(use) }) - 1;
      this.#slotOf.set(slotKey, slot);
    }
    return slot;
  }

  /** Counts one more condition; false, with one issue, when there are too many. */
  count(at: string): boolean {
    this.size++;
    if (this.size === LIMITS.conditions + 1) {
      this.refuse(
        "too-large",
        at,
        `there are more than ${LIMITS.conditions} conditions, named ones counted where used`,
      );
    }
    return this.size <= LIMITS.conditions;
  }

  /** Whether a named condition, with all it is made of, still fits: asked before it is put in its place, so that doubling names end at once. */
  fits(name: string, at: string): boolean {
    const size = this.size + this.#weigh(name, new Set());
    if (size > LIMITS.conditions && this.size <= LIMITS.conditions) {
      this.size = LIMITS.conditions;
      this.count(at);
    }
    return size <= LIMITS.conditions;
  }

  /** The conditions that a name stands for, those of other names counted where used; what goes in a circle or too deep counts for nothing. */
  #weigh(name: string, within: Set<string>): number {
    const known = this.#weights.get(name);
    if (known !== undefined || within.has(name) || within.size > LIMITS.depth) return known ?? 0;
    within.add(name);
    const weight = this.#weighNode(this.shared.get(name), within, LIMITS.depth);
    within.delete(name);
    this.#weights.set(name, weight);
    return weight;
  }

  #weighNode(node: unknown, within: Set<string>, left: number): number {
    if (node === null || typeof node !== "object" || left === 0) return 0;
    const { condition, not, all, any } = node as Record<string, unknown>;
    if (typeof condition === "string") return 1 + this.#weigh(condition, within);
    const members = [all, any].find(Array.isArray) ?? (not === undefined ? [] : [not]);
    return members.reduce((sum: number, member: unknown) => sum + this.#weighNode(member, within, left - 1), 1);
  }

  sharedAt(name: string): string {
    return `${this.options.conditionsAt ?? "/conditions"}${pointer(name)}`;
  }
}

let unique = 0;

/** Params that say the same are one call; what JSON cannot spell is its own. */
function keyOf(params: unknown): string {
  if (params === undefined) return "{}";
  try {
    return canonical(params);
  } catch {
    return `#${unique++}`;
  }
}
