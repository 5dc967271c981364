import type { ColumnType } from "#engine/rules/table.ts";
import type { JsonObject } from "../../document/json-value.ts";
import type { FactChoice } from "../rules/conditions/fact-choice.ts";
import type { Column } from "./sheet.ts";

const TYPES: Partial<Record<FactChoice["type"], ColumnType>> = {
  number: "number",
  integer: "number",
  money: "money",
  percent: "percent",
  date: "date",
  "date-time": "date",
  choice: "choice",
  boolean: "boolean",
};

/** A column that reads a fact, with the fact's own type, unit and values. */
export function columnOfFact(choice: FactChoice): JsonObject {
  return {
    fact: choice.fact,
    title: choice.title,
    ...(choice.params ? { params: choice.params } : {}),
    ...(choice.path ? { path: choice.path } : {}),
    type: TYPES[choice.type] ?? "text",
    ...(choice.unit ? { unit: choice.unit } : {}),
    ...(choice.of ? { of: [...choice.of] } : {}),
  };
}

const plain = (text: string) => text.trim().toLowerCase();

/**
 * A column read from a heading, joined to the fact that is called so ("Grade", "Laptops sold: attainment"); one that nothing
 * is called stays as it was read, for its author to choose. The cells decide the type where they are more exact.
 */
export function columnFor(column: Column, choices: readonly FactChoice[]): JsonObject {
  const title = plain(column.title ?? column.fact);
  const known = choices.find((one) => plain(one.title) === title) ?? choices.find((one) => one.fact === column.fact);
  if (!known) return { ...column } as JsonObject;
  const { of, ...made } = columnOfFact(known);
  return {
    ...made,
    type: column.type === "text" ? made.type! : column.type,
    ...(of && made.type !== "text" ? { of } : {}),
  };
}
