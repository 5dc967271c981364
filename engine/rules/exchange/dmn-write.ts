import type { DmnModdle, ModdleElement } from "dmn-moddle";
import { error, type Issue, IssuesError } from "../../words/issue.ts";
import type { Json } from "../../words/json.ts";
import type { DecisionTable } from "../table.ts";
import { parseTable } from "../table-compile.ts";
import { datedTable } from "../table-dated.ts";
import { expressionOf, IN_FORCE, idOf, moddle, POLICIES, plainText, TYPES } from "./dmn-words.ts";
import { feelOfTest } from "./feel-cell.ts";
import { feelOfJson } from "./feel-value.ts";

export interface DmnNames {
  /** The rule set's id and title. */
  id: string;
  title?: string;
}

/**
 * A decision table as a DMN 1.3 file with one decision. Cells become unary tests; what DMN does not know (percents, params,
 * how a cell was typed) travels in an extension element, so that `tableFromDmn` makes the same table again.
 * Throws IssuesError that names each cell that cannot be read or said.
 */
export async function tableToDmn(table: DecisionTable, names: DmnNames): Promise<string> {
  const { hitPolicy, aggregation } = POLICIES[table.hitPolicy];
  const dmn = moddle();
  const parts = dmnParts(table);
  const text = (type: string, id: string, said: string) => dmn.create(type, { id, text: said });
  const logic = dmn.create("dmn:DecisionTable", {
    id: "table",
    hitPolicy,
    ...(aggregation && { aggregation }),
    extensionElements: dmn.create("dmn:ExtensionElements", {
      values: [dmn.create("rondo:Source", { body: asciiJson(table) })],
    }),
    input: parts.inputs.map((input) =>
      dmn.create("dmn:InputClause", {
        id: input.id,
        label: input.label,
        inputExpression: dmn.create("dmn:LiteralExpression", {
          id: `${input.id}-expression`,
          typeRef: input.type,
          text: input.expression,
        }),
        ...(input.values && { inputValues: text("dmn:UnaryTests", `${input.id}-values`, input.values) }),
      }),
    ),
    output: table.outputs.map((output, at) => outputClause(output, at, table.default?.[at], dmn)),
    rule: parts.rows.map((row, at) =>
      dmn.create("dmn:DecisionRule", {
        id: idOf.row(at),
        ...(row.note !== "" && { description: row.note }),
        inputEntry: row.cells.map((cell, column) => text("dmn:UnaryTests", `${idOf.row(at)}-${column}`, cell)),
        outputEntry: row.out.map((said, output) =>
          text("dmn:LiteralExpression", `${idOf.row(at)}-out-${output}`, said),
        ),
      }),
    ),
  });
  const title = plainText(names.title ?? names.id);
  const decision = dmn.create("dmn:Decision", { id: names.id, name: title, decisionLogic: logic });
  const definitions = dmn.create("dmn:Definitions", { id: `${names.id}-definitions`, name: title, namespace: "urn:rondo:decisions", drgElement: [decision] }); // biome-ignore format: one thought
  return (await dmn.toXML(definitions, { format: true })).xml;
}

function outputClause(
  output: DecisionTable["outputs"][number],
  at: number,
  fallback: Json | undefined,
  dmn: DmnModdle,
): ModdleElement {
  const id = idOf.output(at);
  return dmn.create("dmn:OutputClause", {
    id,
    name: plainText(output.name),
    label: plainText(output.title ?? output.name),
    ...(output.type && { typeRef: TYPES[output.type] }),
    ...(output.of && {
      outputValues: dmn.create("dmn:UnaryTests", { id: `${id}-values`, text: output.of.map(feelOfJson).join(", ") }),
    }),
    ...(fallback !== undefined && {
      defaultOutputEntry: dmn.create("dmn:LiteralExpression", { id: `${id}-default`, text: feelOfJson(fallback) }),
    }),
  });
}

/** What of a table stands in the file for all to read, so that a reader can tell what was edited. */
export interface DmnParts {
  inputs: { id: string; label: string; expression: string; type: string; values: string | undefined }[];
  rows: { cells: string[]; out: string[]; note: string }[];
}

/** The columns and rows of a table in DMN's words; days in which rows are in force are a column there. */
export function dmnParts(written: DecisionTable): DmnParts {
  const table = datedTable(written);
  const { cells, issues } = parseTable(table);
  const unsaid: Issue[] = [];
  const rows = table.rows.map((row, at) => ({
    cells: table.columns.map((column, place) => {
      const said = feelOfTest(cells[at]?.[place] ?? { kind: "any" }, column.type);
      if (said !== undefined) return said;
      const message = `row ${at + 1}, ${column.title ?? column.fact}: "${row.cells[place]}" has no spelling in DMN`;
      unsaid.push(error("dmn-cell", `/rows/${at}/cells/${place}`, message, "split the row in two"));
      return "-";
    }),
    out: row.out.map(feelOfJson),
    note: plainText(row.note ?? ""),
  }));
  if (issues.length + unsaid.length > 0) throw new IssuesError([...issues, ...unsaid]);
  const inputs = table.columns.map((column, at) => ({
    id: at < written.columns.length ? idOf.column(at) : IN_FORCE,
    label: plainText(column.title ?? column.fact),
    expression: plainText(expressionOf(column)),
    type: TYPES[column.type],
    values: column.of && column.of.length > 0 ? column.of.map(feelOfJson).join(", ") : undefined,
  }));
  return { inputs, rows };
}

/** JSON in plain letters, which XML gives back as it is. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7E]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
