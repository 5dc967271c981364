import { alwaysThrows, mayThrow, resolveOperator } from "./decorators.ts";
import { LIMITS } from "./limits.ts";
import { frozenCopy, tooDeep } from "./literal.ts";
import type { GroupNode, Operand, PlannedNode } from "./plan.ts";
import type { Planner } from "./planner.ts";

type Members = Record<string, unknown>;
/** Where a node stands: in the document (for issues), in the rule with shared conditions expanded (for traces), and under which names. */
interface Place {
  source: string;
  at: string;
  depth: number;
  within: readonly string[];
}

const GROUPS = ["any", "all", "not"] as const;
const own = (value: Members, key: string) => Object.hasOwn(value, key);

/**
 * Plans the condition at the top of a rule, a guard or a named condition: it is a group or a named condition.
 * @param before comparisons that must hold too and stand before it in one `all`, and where they come from in the document
 */
export function planTop(
  input: unknown,
  source: string,
  planner: Planner,
  before: { conditions: readonly unknown[]; source: string } = { conditions: [], source },
): PlannedNode | undefined {
  if (!isGroupOrName(input)) {
    return planner.refuse(
      "condition-top",
      source,
      "the top of a condition is all, any, not or a named condition",
      'write { "all": [ … ] }',
    );
  }
  if (before.conditions.length === 0) return planNode(input, { source, at: "", depth: 0, within: [] }, planner);
  const members = [...before.conditions, input].map((member, at) => {
    const from = member === input ? source : before.source;
    return planNode(member, { source: from, at: `/all/${at}`, depth: 1, within: [] }, planner);
  });
  if (members.includes(undefined)) return undefined;
  const set = members as PlannedNode[];
  return { kind: "all", at: "", sets: [set], throws: set.some((node) => node.throws) };
}

function isGroupOrName(input: unknown): input is Members {
  return isMembers(input) && [...GROUPS, "condition"].some((key) => own(input, key));
}

function isMembers(input: unknown): input is Members {
  return input !== null && typeof input === "object" && !Array.isArray(input);
}

function planNode(input: unknown, place: Place, planner: Planner): PlannedNode | undefined {
  if (!planner.count(place.source)) return undefined;
  if (place.depth > LIMITS.depth) {
    return planner.refuse("too-deep", place.source, `conditions nest deeper than ${LIMITS.depth} levels`);
  }
  if (!isMembers(input)) return planner.refuse("condition", place.source, "a condition is an object");
  const node = planKind(input, place, planner);
  if (node && typeof input.name === "string" && input.name !== "") node.title = input.name;
  return node;
}

function planKind(input: Members, place: Place, planner: Planner): PlannedNode | undefined {
  const group = GROUPS.find((key) => own(input, key));
  if (own(input, "condition")) {
    if (group) {
      return planner.refuse(
        "condition",
        place.source,
        `a condition is either "${group}" or a named condition, not both`,
      );
    }
    return planShared(input, place, planner);
  }
  if (group === "not") return planNot(input.not, place, planner);
  if (group) return planGroup(group, input[group], place, planner);
  return planLeaf(input, place, planner);
}

function planNot(child: unknown, place: Place, planner: Planner): PlannedNode | undefined {
  const source = `${place.source}/not`;
  if (Array.isArray(child)) return planner.refuse("condition", source, '"not" takes one condition, not a list');
  const node = planNode(child, { ...place, source, at: `${place.at}/not`, depth: place.depth + 1 }, planner);
  return node && { kind: "not", at: place.at, child: node, throws: node.throws };
}

function planGroup(kind: "all" | "any", members: unknown, place: Place, planner: Planner): PlannedNode | undefined {
  const source = `${place.source}/${kind}`;
  if (!Array.isArray(members)) return planner.refuse("condition", source, `"${kind}" takes a list of conditions`);
  const sets = new Map<number, PlannedNode[]>();
  for (const [index, member] of members.entries()) {
    const at = { ...place, source: `${source}/${index}`, at: `${place.at}/${kind}/${index}`, depth: place.depth + 1 };
    const node = planNode(member, at, planner);
    const priority = priorityOf(member, at.source, planner);
    if (!node || priority === undefined) continue;
    const set = sets.get(priority);
    if (set) set.push(node);
    else sets.set(priority, [node]);
  }
  const ordered = [...sets].sort(([a], [b]) => b - a).map(([, set]) => set);
  return { kind, at: place.at, sets: ordered, throws: ordered.flat().some((node) => node.throws) } satisfies GroupNode;
}

/**
 * The priority by which json-rules-engine orders the members of a group: the member's own, else its fact's, else 1;
 * of a group the whole number, 1 for zero.
 */
function priorityOf(member: unknown, source: string, planner: Planner): number | undefined {
  if (!isMembers(member)) return 1;
  const given = member.priority;
  const isGroup = !own(member, "condition") && GROUPS.some((key) => own(member, key));
  const fallback = isGroup || typeof member.fact !== "string" ? 1 : factPriority(member.fact, planner);
  if (given === undefined || given === null || given === 0 || given === "") return fallback;
  const priority = typeof given === "string" && given.trim() === String(Number(given)) ? Number(given) : given;
  if (typeof priority !== "number" || !Number.isFinite(priority)) {
    return planner.refuse(
      "priority",
      `${source}/priority`,
      "a priority is a number",
      "use a whole number, higher first",
    );
  }
  return isGroup ? Number.parseInt(String(priority), 10) || 1 : priority;
}

function factPriority(fact: string, planner: Planner): number {
  const priorities = planner.options.factPriorities ?? {};
  return (Object.hasOwn(priorities, fact) ? priorities[fact] : undefined) || 1;
}

function planShared(input: Members, place: Place, planner: Planner): PlannedNode | undefined {
  const name = input.condition;
  const source = `${place.source}/condition`;
  if (typeof name !== "string" || name === "") {
    return planner.refuse("condition-name", source, "the name of a condition is a text");
  }
  if (place.within.includes(name)) {
    const circle = [...place.within.slice(place.within.indexOf(name)), name].join(" → ");
    return planner.refuse("condition-cycle", source, `named conditions refer to each other in a circle: ${circle}`);
  }
  if (!planner.shared.has(name)) {
    if (planner.options.allowUndefinedConditions) return { kind: "never", at: place.at, throws: false, title: name };
    return planner.refuse("unknown-condition", source, `there is no condition named "${name}"`);
  }
  if (!planner.fits(name, source)) return undefined;
  const shared = planner.shared.get(name);
  const sharedAt = planner.sharedAt(name);
  if (!isGroupOrName(shared)) {
    return planner.refuse("condition-top", sharedAt, "the top of a named condition is all, any, not or another name");
  }
  const within = [...place.within, name];
  const node = planNode(shared, { source: sharedAt, at: place.at, depth: place.depth + 1, within }, planner);
  if (node) node.title ??= name;
  return node;
}

function planLeaf(input: Members, place: Place, planner: Planner): PlannedNode | undefined {
  for (const key of ["fact", "operator", "value"]) {
    if (!own(input, key)) {
      return planner.refuse(
        "condition",
        place.source,
        `a comparison needs "fact", "operator" and "value"; "${key}" is missing`,
      );
    }
  }
  const slot = planner.slot({ fact: input.fact, params: input.params, path: input.path }, place.source);
  const operand = planOperand(input.value, `${place.source}/value`, planner);
  const operator = typeof input.operator === "string" ? resolveOperator(input.operator) : undefined;
  if (!operator) {
    const said = typeof input.operator === "string" ? `"${input.operator.slice(0, 80)}"` : "that is not a text";
    planner.refuse("unknown-operator", `${place.source}/operator`, `there is no operator ${said}`);
  }
  if (slot === undefined || !operand || !operator) return undefined;
  const literal = "literal" in operand ? { value: operand.literal } : undefined;
  if (literal && alwaysThrows(operator, literal.value)) {
    return planner.refuse("operand", `${place.source}/value`, `"${operator.name}" needs a list on its right side`);
  }
  const throws =
    mayThrow(operator, literal) || searches(slot, planner) || ("slot" in operand && searches(operand.slot, planner));
  return { kind: "leaf", at: place.at, source: place.source, slot, operator, operand, throws };
}

/** A path that is not plain may fail on some values (a filter that reads into nothing). */
function searches(slot: number, planner: Planner): boolean {
  const path = planner.slots[slot]?.path;
  return path !== undefined && path.keys === undefined;
}

function planOperand(value: unknown, source: string, planner: Planner): Operand | undefined {
  if (isMembers(value) && own(value, "fact")) {
    if (own(value, "plus")) {
      return planner.refuse(
        "operand",
        source,
        '"plus" has no meaning inside a condition',
        "compare with a fact that holds the date",
      );
    }
    const slot = planner.slot({ fact: value.fact, params: value.params, path: value.path }, source);
    return slot === undefined ? undefined : { slot };
  }
  if (isMembers(value) && own(value, "parameter") && Object.keys(value).length === 1) {
    return planner.refuse(
      "parameter-operand",
      source,
      "a parameter inside a condition would never fire",
      `write { "fact": "parameter.${String(value.parameter)}" }`,
    );
  }
  if (tooDeep(value)) return planner.refuse("too-deep", source, "the value nests too deep");
  return { literal: frozenCopy(value) };
}
