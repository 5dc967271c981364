import type { FactUse } from "../facts.ts";
import type { FactType } from "../ruleset.ts";
import type { CellValue, Column } from "../table-cell.ts";
import { factInWords } from "../words.ts";
import type { DimensionKind, Domain } from "./dimension.ts";

/** The smallest step of money: a hundredth, but for the currencies that have thousandths or no parts at all. */
function moneyStep(unit: string | undefined): number {
  if (unit && ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].includes(unit)) return 0.001;
  if (unit && ["CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF", "XPF"].includes(unit)) return 1;
  return 0.01;
}

/** The kind of dimension for a declared type; undefined for those whose values have parts or moments. */
export function kindOfType(type: FactType["type"]): DimensionKind | undefined {
  switch (type) {
    case "number":
    case "integer":
    case "money":
    case "percent":
      return "number";
    case "date":
      return "date";
    case "boolean":
      return "boolean";
    case "text":
    case "choice":
    case "person":
    case "unit":
      return "value";
    case "date-time":
    case "list":
    case "object":
      return undefined;
    default:
      throw new Error(`unknown type ${type satisfies never}`);
  }
}

/** What a declaration says of the values of a fact. */
export function domainOf(kind: DimensionKind, type: FactType | undefined): Domain {
  const domain: Domain = { kind };
  if (kind === "date") domain.step = 1;
  if (!type) return domain;
  if (kind === "number") {
    if (type.type === "integer") domain.step = 1;
    if (type.type === "money") domain.step = moneyStep(type.unit);
    if (type.min !== undefined) domain.min = type.min;
    if (type.max !== undefined) domain.max = type.max;
  }
  const of = (type.of ?? []).filter((value): value is Exclude<CellValue, null> => isScalar(value));
  if (of.length > 0) domain.of = of;
  return domain;
}

const isScalar = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** A fact with the type it is known by, titled. */
export function titled(use: FactUse, type: FactType | undefined, kind: DimensionKind): FactType & { title: string } {
  const title = type?.title ?? factInWords(use);
  const fallback = kind === "value" ? "text" : kind;
  return { ...(type ?? { type: fallback }), title };
}

/** What a column and the declaration of its fact say together; the column, being nearer, wins. */
export function typeOfColumn(column: Column, facts: Record<string, FactType> | undefined): FactType {
  const declared = facts && !column.path && Object.hasOwn(facts, column.fact) ? facts[column.fact] : undefined;
  const same = declared && kindOfType(declared.type) === kindOfType(column.type) ? declared : undefined;
  const { fact: _fact, params: _params, path: _path, ...said } = column;
  const type = column.type === "number" && same?.type === "integer" ? "integer" : column.type;
  return { ...same, ...said, type };
}
