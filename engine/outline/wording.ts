import type { Catalogue } from "../definition/catalogue.ts";
import type { Definition, Kind } from "../definition/definition.ts";
import type { Parameter } from "../definition/parameter.ts";
import { conditionInWords as ruleInWords } from "../rules/condition-words.ts";
import type { Conditions } from "../rules/conditions.ts";
import type { FactUse } from "../rules/facts.ts";
import { factInWords, type Wording as RuleWording } from "../rules/words.ts";
import type { Clock } from "../time/clock.ts";
import { clockInWords as bareClockInWords } from "../time/clock-in-words.ts";
import { durationOfParameter } from "../time/resolved-clock.ts";
import { type Duration, durationInWords } from "../words/duration.ts";
import { IssuesError } from "../words/issue.ts";
import type { DurationValue, Value } from "../words/reference.ts";
import { factTypes } from "./fact-types.ts";
import { amountInWords } from "./parameters-in-words.ts";
import { quoted, spell } from "./words.ts";

/** How the things that a definition names are called in its sentences. */
export interface Wording {
  /** The title of a document, in quotes; its id in words where nobody knows the title. */
  document(kind: Kind, id: string): string;
  condition(conditions: Conditions): string;
  /** A duration with the parameter it is taken from: `10 working days (parameter “Days for the self review”)`. */
  duration(value: DurationValue): string;
  /** The same without the parameter's name, for a label: `10 working days`. */
  shortDuration(value: DurationValue): string;
  clock(clock: Clock): string;
  value(value: Value): string;
  /** The wording that `engine/rules` wants for its own sentences. */
  rules: RuleWording;
}

/** The wording of a definition: its own titles and parameters, and those of the documents in the catalogue. */
export function wordingOf(definition: Definition, catalogue?: Catalogue): Wording {
  const parameters = parametersOf(definition, catalogue);
  const rules: RuleWording = {
    ...(definition.kind === "ruleset" && definition.facts ? { facts: definition.facts } : {}),
    title: (use) => factTitle(use, definition, parameters, catalogue),
    type: factTypes(definition, parameters, catalogue),
  };
  const titleOf = (name: string) => parameters.get(name)?.title;
  const short = (value: DurationValue) => {
    if (!("parameter" in value)) return durationInWords(value as Duration);
    const parameter = parameters.get(value.parameter);
    const duration = parameter && durationOfParameter(parameter.type, parameter.default);
    return duration ? durationInWords(duration) : spell(value.parameter);
  };
  const duration = (value: DurationValue) => {
    if (!("parameter" in value)) return short(value);
    return `${short(value)} (parameter ${quoted(titleOf(value.parameter) ?? value.parameter)})`;
  };
  return {
    document: (kind, id) =>
      quoted(
        (kind === definition.kind && id === definition.id ? definition : catalogue?.find(kind, id))?.title ?? spell(id),
      ),
    condition: (conditions) => conditionOrNot(conditions, rules),
    duration,
    shortDuration: short,
    clock: (clock) => {
      const words = bareClockInWords(
        clock.after && "parameter" in clock.after ? { ...clock, after: { minutes: 0 } } : clock,
        titleOf,
        (conditions) => conditionOrNot(conditions, rules),
      );
      return clock.after && "parameter" in clock.after ? words.replace("0 minutes", duration(clock.after)) : words;
    },
    value: (value) => valueInWords(value, rules, titleOf),
    rules,
  };
}

/** A condition in words; of one that is not finished, that it is not. */
function conditionOrNot(conditions: Conditions, rules: RuleWording): string {
  try {
    return ruleInWords(conditions, rules);
  } catch (problem) {
    if (problem instanceof IssuesError) return "a condition that is not finished yet holds";
    throw problem;
  }
}

function parametersOf(definition: Definition, catalogue: Catalogue | undefined): Map<string, Parameter> {
  const own =
    definition.kind === "parameters"
      ? definition.values
      : "parameters" in definition
        ? definition.parameters
        : undefined;
  const sheets = (("uses" in definition ? definition.uses : undefined) ?? []).flatMap(
    (id) => catalogue?.find("parameters", id) ?? [],
  );
  return new Map([...sheets.flatMap((sheet) => Object.entries(sheet.values)), ...Object.entries(own ?? {})]);
}

function factTitle(
  use: FactUse,
  definition: Definition,
  parameters: Map<string, Parameter>,
  catalogue: Catalogue | undefined,
): string | undefined {
  const [space, name = "", answer] = use.fact.split(".");
  if (space === "parameter") {
    const parameter = parameters.get(name);
    return parameter && `${quoted(parameter.title)} (${amountInWords(parameter, parameter.default)})`;
  }
  if (space === "case" && definition.kind === "workflow") return definition.data?.[name]?.title?.toLowerCase();
  if (space === "step" && answer !== undefined) return `${spell(answer)} in the ${spell(name)}`;
  if (use.fact !== "metric" || typeof use.params?.id !== "string") return undefined;
  const title = catalogue?.find("metric", use.params.id)?.title;
  const part = use.path?.match(/([A-Za-z_][\w-]*)$/)?.[1];
  if (title === undefined) return undefined;
  return part === undefined || part === "value" ? title.toLowerCase() : `${title.toLowerCase()} ${spell(part)}`;
}

function valueInWords(value: Value, rules: RuleWording, titleOf: (name: string) => string | undefined): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return JSON.stringify(value);
  if ("parameter" in value) return `the parameter ${quoted(titleOf(value.parameter) ?? value.parameter)}`;
  const plus = value.plus ? ` plus ${durationInWords(value.plus)}` : "";
  return `the ${factInWords(value, rules)}${plus}`;
}
