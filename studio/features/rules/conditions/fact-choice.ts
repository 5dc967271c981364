import type { FactType } from "#engine/rules/ruleset.ts";
import { canonical, type Json } from "#engine/words/json.ts";
import { isObject, type JsonObject, valueAt } from "../../../document/json-value.ts";
import type { FindDocument } from "../../../document/workflow/events.ts";
import { stepPlaces } from "../../../document/workflow/places.ts";
import { words } from "../../../text/kinds.ts";

/** A fact that can be chosen, with what is needed to compare it. */
export interface FactChoice {
  /** Names fact, params and path together. */
  key: string;
  fact: string;
  params?: JsonObject;
  path?: string;
  title: string;
  group: string;
  type: FactType["type"];
  of?: readonly Json[];
  unit?: string;
  /** The least and the most it can be, where the document says so. */
  min?: number;
  max?: number;
}

type FactParts = Pick<FactChoice, "fact" | "params" | "path">;

/** The key of a fact with its params and path, as it stands in a comparison. */
export const factKey = ({
  fact,
  params,
  path,
}: {
  fact: Json | undefined;
  params?: Json | undefined;
  path?: Json | undefined;
}) => canonical([fact ?? "", isObject(params) && Object.keys(params).length > 0 ? params : null, path ?? null]);

const PERSON: [string, FactChoice["type"], string][] = [
  ["role", "text", "Job role"],
  ["title", "text", "Job title"],
  ["grade", "text", "Grade"],
  ["status", "choice", "Status"],
  ["hireDate", "date", "Hire date"],
  ["endDate", "date", "Last day"],
  ["fte", "number", "Full-time share"],
  ["salary", "money", "Yearly salary"],
  ["unit", "unit", "Unit"],
  ["manager", "person", "Manager"],
  ["reports", "integer", "Number of reports"],
];
const METRIC_PARTS: [string, FactChoice["type"], string][] = [
  ["$.attainment", "percent", "attainment"],
  ["$.value", "number", "value"],
  ["$.target", "number", "target"],
  ["$.sigma", "number", "distance from the baseline"],
  ["$.state", "choice", "state of the data"],
];
const QUESTION_TYPES: Record<string, FactChoice["type"]> = {
  rating: "number",
  number: "number",
  money: "money",
  percent: "percent",
  date: "date",
  choice: "choice",
  "multi-choice": "list",
  "yes-no": "boolean",
  person: "person",
  people: "list",
};
const PARAMETER_TYPES: Record<string, FactChoice["type"]> = {
  integer: "integer",
  percent: "percent",
  money: "money",
  text: "text",
  boolean: "boolean",
  date: "date",
  choice: "choice",
};
const FIELD_TYPES: Record<string, FactChoice["type"]> = { people: "list", list: "list" };

const choice = (
  parts: FactParts,
  title: string,
  group: string,
  type: FactChoice["type"],
  more: Partial<FactChoice> = {},
): FactChoice => ({
  ...parts,
  key: factKey(parts),
  title,
  group,
  type,
  ...more,
});

/** Every fact that a document's conditions can read, from the document itself and the ones around it. */
export function factChoices(document: Json, others: readonly Json[], find: FindDocument): FactChoice[] {
  const kind = valueAt(document, ["kind"]);
  const found: FactChoice[] = [...declaredFacts(document)];
  if (kind === "workflow") found.push(...dataFacts(document), ...stepFacts(document, find));
  if (kind === "form") found.push(...formFacts(document, "answer", "This form"));
  if (kind === "ruleset")
    for (const other of others)
      if (valueAt(other, ["kind"]) === "workflow")
        found.push(...dataFacts(other), ...(usesRules(other, document) ? stepFacts(other, find) : []));
  for (const [name, type, title] of PERSON)
    found.push(
      choice(
        { fact: `person.${name}` },
        title,
        "Person",
        type,
        name === "status" ? { of: ["active", "leave", "left"] } : {},
      ),
    );
  for (const other of others) found.push(...metricFacts(other), ...recordFacts(other));
  found.push(
    ...parameterFacts(document),
    ...others.filter((other) => valueAt(other, ["kind"]) === "parameters").flatMap(parameterFacts),
  );
  found.push(
    choice({ fact: "period.id" }, "Period", "Case", "text"),
    choice({ fact: "case.openedAt" }, "Opened", "Case", "date-time"),
  );
  return [...new Map(found.reverse().map((one) => [one.key, one])).values()].reverse();
}

const usesRules = (workflow: Json, ruleset: Json) =>
  stepPlaces(workflow).some((place) => place.step.rules !== undefined && place.step.rules === valueAt(ruleset, ["id"]));

function declaredFacts(document: Json): FactChoice[] {
  const facts = valueAt(document, ["facts"]);
  if (!isObject(facts)) return [];
  return Object.entries(facts).flatMap(([fact, type]) =>
    isObject(type) && fact !== "metric"
      ? [
          choice(
            { fact },
            text(type.title) ?? factTitle(fact),
            "This rule set",
            (text(type.type) ?? "text") as FactChoice["type"],
            extras(type),
          ),
        ]
      : [],
  );
}

function dataFacts(document: Json): FactChoice[] {
  const data = valueAt(document, ["data"]);
  if (!isObject(data)) return [];
  return Object.entries(data).map(([name, field]) => {
    const type = text(valueAt(field, ["type"])) ?? "text";
    return choice(
      { fact: `case.${name}` },
      text(valueAt(field, ["title"])) ?? words(name),
      "Case",
      (FIELD_TYPES[type] ?? type) as FactChoice["type"],
      isObject(field) ? extras(field) : {},
    );
  });
}

function stepFacts(document: Json, find: FindDocument): FactChoice[] {
  return stepPlaces(document).flatMap((place) => {
    if (!["form", "approval", "calibration", "decision", "subflow"].includes(place.kind)) return [];
    const title = text(place.step.title) ?? place.id;
    const form = typeof place.step.form === "string" ? find("form", place.step.form) : undefined;
    return [
      ...(form ? formFacts(form, `step.${place.id}`, title) : []),
      choice({ fact: `step.${place.id}.outcome` }, `${title}: outcome`, title, "choice"),
      ...(place.step.form === undefined
        ? []
        : [choice({ fact: `step.${place.id}.score` }, `${title}: score`, title, "number")]),
    ];
  });
}

function formFacts(form: Json, prefix: string, group: string): FactChoice[] {
  const sections = valueAt(form, ["sections"]);
  if (!Array.isArray(sections)) return [];
  return sections.flatMap((section) => {
    const questions = valueAt(section, ["questions"]);
    if (!Array.isArray(questions)) return [];
    return questions
      .filter(isObject)
      .map((question) =>
        choice(
          { fact: `${prefix}.${String(question.id)}` },
          text(question.title) ?? String(question.id),
          group,
          QUESTION_TYPES[String(question.type)] ?? "text",
          extras(question),
        ),
      );
  });
}

function metricFacts(document: Json): FactChoice[] {
  if (!isObject(document) || document.kind !== "metric") return [];
  const title = text(document.title) ?? String(document.id);
  const unit = text(document.unit);
  const params = { id: document.id ?? "", of: "$subject", window: "$period" };
  return METRIC_PARTS.map(([path, type, word]) =>
    choice({ fact: "metric", params, path }, `${title}: ${word}`, "Metrics", type, {
      ...(unit && (word === "value" || word === "target") ? { unit } : {}),
      ...(word === "state of the data" ? { of: ["provisional", "adjusted", "final"] } : {}),
    }),
  );
}

function recordFacts(document: Json): FactChoice[] {
  if (!isObject(document) || document.kind !== "record-type" || !isObject(document.fields)) return [];
  const title = text(document.title) ?? String(document.id);
  return Object.entries(document.fields).map(([name, field]) => {
    const type = text(valueAt(field, ["type"])) ?? "text";
    return choice(
      { fact: `${String(document.id)}.${name}` },
      `${title}: ${words(name).toLowerCase()}`,
      title,
      (FIELD_TYPES[type] ?? type) as FactChoice["type"],
      isObject(field) ? extras(field) : {},
    );
  });
}

/** The parameters of a document, or of a sheet, as facts. */
export function parameterFacts(document: Json): FactChoice[] {
  const parameters = valueAt(document, ["parameters"]) ?? valueAt(document, ["values"]);
  if (!isObject(parameters)) return [];
  return Object.entries(parameters).map(([name, parameter]) =>
    choice(
      { fact: `parameter.${name}` },
      text(valueAt(parameter, ["title"])) ?? words(name),
      "Parameters",
      PARAMETER_TYPES[text(valueAt(parameter, ["type"])) ?? ""] ?? "number",
      isObject(parameter) ? extras(parameter) : {},
    ),
  );
}

/**
 * The choice that a comparison's fact is: the listed one, or one like it (the same metric with other params) under these
 * very params, or one read from its name. Undefined where no fact is named.
 */
export function choiceFor(value: Json | undefined, choices: readonly FactChoice[]): FactChoice | undefined {
  if (!isObject(value) || typeof value.fact !== "string" || value.fact === "") return undefined;
  const parts: FactParts = {
    fact: value.fact,
    ...(isObject(value.params) ? { params: value.params } : {}),
    ...(typeof value.path === "string" ? { path: value.path } : {}),
  };
  const key = factKey(parts);
  const offered = offeredBy(choices).get(parts.fact) ?? [];
  const listed = offered.find((one) => one.key === key);
  if (listed) return listed;
  const alike = offered.find((one) => one.path === parts.path && one.params?.id === parts.params?.id);
  return alike ? { ...alike, ...parts, key } : unknownChoice(parts);
}

const offers = new WeakMap<readonly FactChoice[], Map<string, FactChoice[]>>();

/** The choices by their fact: every part of a tree looks its own up at every drawing. */
function offeredBy(choices: readonly FactChoice[]): Map<string, FactChoice[]> {
  const known = offers.get(choices) ?? Map.groupBy(choices, ({ fact }) => fact);
  offers.set(choices, known);
  return known;
}

/** A fact that no list knows, read from its name. */
export function unknownChoice(parts: FactParts): FactChoice {
  const metric = parts.fact === "metric" ? text(valueAt(parts.params, ["id"])) : undefined;
  const path = parts.path?.replace(/^\$\.?/, "");
  const type = path === "attainment" ? "percent" : metric ? "number" : "text";
  return choice(parts, `${metric ? words(metric) : factTitle(parts.fact)}${path ? `: ${path}` : ""}`, "Other", type);
}

const factTitle = (fact: string) => words(fact.replace(/^(person|case|step|subject|answer)\./, ""));
const text = (value: Json | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
const extras = (type: JsonObject): Partial<FactChoice> => ({
  ...(Array.isArray(type.of) ? { of: type.of } : {}),
  ...(typeof type.unit === "string" ? { unit: type.unit } : {}),
  ...(typeof type.min === "number" ? { min: type.min } : {}),
  ...(typeof type.max === "number" ? { max: type.max } : {}),
});
