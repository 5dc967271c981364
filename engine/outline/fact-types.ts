import type { Catalogue } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import type { Parameter } from "../definition/parameter.ts";
import type { Workflow } from "../definition/workflow.ts";
import type { FactUse } from "../rules/facts.ts";
import type { FactType } from "../rules/ruleset.ts";
import { drawnWays, placedSteps } from "../steps/placed-steps.ts";
import type { Value } from "../words/reference.ts";

const PERCENT: FactType = { type: "percent" };

/** Units of a metric whose values are shares of one: 0.8 is 80 %. */
const SHARES = new Set(["fraction", "ratio", "share"]);

/**
 * What kind of value stands at a fact's place, where a document says so: a parameter by its type, a metric's attainment and
 * shares, case data by its field, else by what the drawing writes into it, an answer by its question. Sentences and
 * tables say a value by it, so that 0.8 reads 80 % wherever it turns up. Undefined where nothing is known.
 */
export function factTypes(
  definition: Definition,
  parameters: ReadonlyMap<string, Parameter>,
  catalogue?: Catalogue,
): (use: FactUse) => FactType | undefined {
  const written = definition.kind === "workflow" ? writesOf(definition) : new Map<string, Value[]>();
  const typeOf = (use: FactUse, seen: ReadonlySet<string>): FactType | undefined => {
    const [space, name = "", answer] = use.fact.split(".");
    switch (space) {
      case "parameter":
        return ofParameter(parameters.get(name));
      case "metric":
        return ofMetric(use, catalogue);
      case "trigger":
        // What a breach brings along is its gap to the target.
        return definition.kind === "escalation" && use.fact === "trigger.value" ? PERCENT : undefined;
      case "case": {
        const field = definition.kind === "workflow" ? definition.data?.[name] : undefined;
        if (field?.type === "percent") return PERCENT;
        if ((field && field.type !== "number") || seen.has(name)) return undefined;
        const types = (written.get(name) ?? []).map((value) => ofValue(value, new Set([...seen, name])));
        return types.length > 0 && types.every((type) => type?.type === "percent") ? PERCENT : undefined;
      }
      case "step":
        return answer === undefined ? undefined : ofAnswer(definition, name, answer, catalogue);
      default:
        return undefined;
    }
  };
  const ofValue = (value: Value, seen: ReadonlySet<string>): FactType | undefined => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
    if ("parameter" in value) return ofParameter(parameters.get(value.parameter));
    if (!("fact" in value)) return undefined;
    const { fact, params, path } = value as FactUse;
    return typeOf({ fact, ...(params ? { params } : {}), ...(path ? { path } : {}) }, seen);
  };
  return (use) => typeOf(use, new Set());
}

function ofParameter(parameter: Parameter | undefined): FactType | undefined {
  return parameter?.type === "percent" ? PERCENT : undefined;
}

function ofMetric({ params, path }: FactUse, catalogue: Catalogue | undefined): FactType | undefined {
  const part = /([A-Za-z_][\w-]*)$/.exec(path ?? "")?.[1];
  if (part === "attainment") return PERCENT;
  if (part !== "value" && part !== "target") return undefined;
  const metric = typeof params?.id === "string" ? catalogue?.find("metric", params.id) : undefined;
  if (!metric || metric.unit === "count") return undefined;
  if (SHARES.has(metric.unit)) return PERCENT;
  return { type: "number", unit: metric.unit === "percent" ? "%" : metric.unit };
}

function ofAnswer(
  definition: Definition,
  step: string,
  question: string,
  catalogue: Catalogue | undefined,
): FactType | undefined {
  if (definition.kind !== "workflow") return undefined;
  const drawn = placedSteps(definition).byId.get(step)?.step;
  const form = drawn && "form" in drawn && drawn.form ? catalogue?.find("form", drawn.form) : undefined;
  const asked = form?.sections.flatMap(({ questions }) => questions).find(({ id }) => id === question);
  return asked?.type === "percent" ? PERCENT : undefined;
}

/** Everything that the drawing writes into case data, by field. */
function writesOf(workflow: Workflow): Map<string, Value[]> {
  const written = new Map<string, Value[]>();
  const add = (set: Record<string, Value> | undefined) => {
    for (const [name, value] of Object.entries(set ?? {})) written.set(name, [...(written.get(name) ?? []), value]);
  };
  for (const placed of placedSteps(workflow).all) {
    if (placed.step.kind === "record") add(placed.step.set);
    for (const { transition } of drawnWays(placed)) add(transition.set);
  }
  return written;
}
