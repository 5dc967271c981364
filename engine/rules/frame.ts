import { error, IssuesError } from "../words/issue.ts";
import type { FactUse } from "./facts.ts";
import type { Plan, PlannedCall, PlannedSlot } from "./plan.ts";

/** Stands for a value that nobody knows. */
export const MISSING: unique symbol = Symbol("missing");
const UNREAD = Symbol("unread");

/** What a leaf compared, as the corpus of json-rules-engine records it: result, fact, value. */
export interface TraceLeaf {
  r: boolean | undefined;
  f: unknown;
  v: unknown;
}
/** By pointer into the rule's conditions, the leaves that were really evaluated. */
export type Trace = Record<string, TraceLeaf>;

/** Reads one fact with its params: a value, or MISSING. */
export type Source = (fact: string, params: unknown) => unknown;

/** One evaluation: each fact is read and each path walked at most once. */
export class Frame {
  /** Slots that were needed and missing, for the node that is being evaluated. */
  missing: number[] = [];
  trace: Trace | undefined;
  /** In a careful frame null, an empty path and a failing comparison count as missing too: Rondo's own documents. */
  readonly careful: boolean;
  readonly #source: Source;
  readonly #calls: readonly PlannedCall[];
  readonly #slots: readonly PlannedSlot[];
  readonly #callValues: unknown[];
  readonly #slotValues: unknown[];

  constructor(plan: Pick<Plan, "calls" | "slots">, source: Source, careful: boolean) {
    this.careful = careful;
    this.#source = source;
    this.#calls = plan.calls;
    this.#slots = plan.slots;
    this.#callValues = new Array(plan.calls.length).fill(UNREAD);
    this.#slotValues = new Array(plan.slots.length).fill(UNREAD);
  }

  /** The value of a slot, or MISSING. */
  read(slot: number): unknown {
    const known = this.#slotValues[slot];
    if (known !== UNREAD) return known;
    const value = this.#walk(slot);
    this.#slotValues[slot] = value;
    return value;
  }

  #walk(slot: number): unknown {
    const { call, path } = this.#slots[slot] as PlannedSlot;
    const value = this.#call(call);
    if (!path || value === MISSING) return value;
    const found = readPath(path.read, value, (this.#slots[slot] as PlannedSlot).use, this.careful);
    return found === undefined && this.careful ? MISSING : found;
  }

  #call(index: number): unknown {
    const known = this.#callValues[index];
    if (known !== UNREAD) return known;
    const { fact, params } = this.#calls[index] as PlannedCall;
    const value = this.#source(fact, params);
    this.#callValues[index] = value;
    return value;
  }

  /** What is missing, named, each place once. */
  uses(): FactUse[] {
    return [...new Set(this.missing)].map((slot) => (this.#slots[slot] as PlannedSlot).use);
  }
}

function readPath(read: (value: unknown) => unknown, value: unknown, use: FactUse, careful: boolean): unknown {
  try {
    return read(value);
  } catch (cause) {
    if (careful) return undefined;
    throw new IssuesError([
      error("path-failed", "", `the path ${use.path} of ${use.fact} failed: ${messageOf(cause)}`),
    ]);
  }
}

export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Facts by name, as `compileRules` takes them. A function is called with the params; a missing one is MISSING where that matters. */
export function factsSource(facts: Record<string, unknown>, allowUndefined: boolean): Source {
  return (fact, params) => {
    if (!Object.hasOwn(facts, fact)) return allowUndefined ? undefined : MISSING;
    const value = facts[fact];
    if (typeof value !== "function") return value;
    const answer: unknown = value(params === undefined ? {} : params);
    if (answer !== null && typeof answer === "object" && typeof (answer as { then?: unknown }).then === "function") {
      throw new IssuesError([
        error("asynchronous-fact", "", `the fact "${fact}" answers later`, "evaluate these rules with evaluateRules"),
      ]);
    }
    return answer;
  };
}
