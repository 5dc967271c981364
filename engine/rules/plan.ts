import type { ResolvedOperator } from "./decorators.ts";
import type { FactUse } from "./facts.ts";
import type { CompiledPath } from "./path.ts";

/** One distinct fact with its params: read, and called where it is a function, at most once a run. */
export interface PlannedCall {
  fact: string;
  /** Undefined where the author wrote none. */
  params: unknown;
}

/** One distinct place that conditions read: a call and a path into its value. */
export interface PlannedSlot {
  call: number;
  path: CompiledPath | undefined;
  use: FactUse;
}

/** The right side of a comparison: a literal, or a slot. */
export type Operand = { literal: unknown } | { slot: number };

/** What every node may carry: the name an author gave it, or the name of the shared condition that stands here. */
interface Titled {
  title?: string;
}

export interface LeafNode extends Titled {
  kind: "leaf";
  /** Pointer within the rule's conditions, shared conditions put in their place: `/all/0/any/1`. */
  at: string;
  /** Pointer into the document, for issues. */
  source: string;
  slot: number;
  operator: ResolvedOperator;
  operand: Operand;
  throws: boolean;
}

/**
 * A group. Its members come in sets of falling priority: json-rules-engine evaluates a set whole, and goes on to the next
 * only while the answer is open. A missing fact or a failure in a set that is never reached does not count.
 */
export interface GroupNode extends Titled {
  kind: "all" | "any";
  at: string;
  sets: PlannedNode[][];
  throws: boolean;
}

export interface NotNode extends Titled {
  kind: "not";
  at: string;
  child: PlannedNode;
  throws: boolean;
}

/** A named condition that does not exist, where that is allowed: it never holds. */
export interface NeverNode extends Titled {
  kind: "never";
  at: string;
  throws: false;
}

export type PlannedNode = LeafNode | GroupNode | NotNode | NeverNode;

/** Where the params of an event take the value of a fact. */
export interface EventParam {
  key: string;
  slot: number;
}

export interface RuleEvent {
  type: string;
  params?: Record<string, unknown>;
}

export interface PlannedRule {
  /** Its place in the list that was given. */
  index: number;
  name: string | number | undefined;
  priority: number;
  node: PlannedNode;
  event: RuleEvent;
  eventParams: EventParam[];
}

/** What compiles to an evaluator: rules in the order of their answers (priority, then position) over shared slots. */
export interface Plan {
  calls: PlannedCall[];
  slots: PlannedSlot[];
  rules: PlannedRule[];
}
