import type { ModdleElement } from "dmn-moddle";
import { error, type Issue, IssuesError } from "../../words/issue.ts";
import type { Json } from "../../words/json.ts";
import { cellValidity } from "../analyse/validity-of-cell.ts";
import { DecisionTable } from "../table.ts";
import { cellText } from "../table-cell-text.ts";
import { type DmnColumn, readColumn } from "./dmn-column.ts";
import { elements, IN_FORCE, moddle, POLICIES, plainText, textOf } from "./dmn-words.ts";
import { type DmnParts, dmnParts } from "./dmn-write.ts";
import { testOfFeel } from "./feel-cell.ts";
import { FeelRefused, feelOfJson, jsonOfFeel } from "./feel-value.ts";

/** One decision of a DMN file: its table, or why it cannot be one of ours, cell by cell. */
export interface DmnDecision {
  id: string;
  name: string;
  table?: DecisionTable;
  issues: Issue[];
}

export type DmnFile = { ok: true; decisions: DmnDecision[] } | { ok: false; issues: Issue[] };

/** Larger files are refused before they are read. */
const MOST_CHARACTERS = 20_000_000;

/**
 * Reads the decision tables of a DMN file (1.1 to 1.5 as dmn-moddle takes them, meant is 1.3). Unary tests of literals,
 * lists, comparisons, ranges and `not` become cells; expressions that calculate, call or look elsewhere are refused by name,
 * each with its row and column, and so are decisions that are no table. A file that `tableToDmn` wrote comes back as it was,
 * but for what somebody changed in it. Never throws.
 */
export async function tableFromDmn(xml: string): Promise<DmnFile> {
  if (xml.length > MOST_CHARACTERS)
    return refused(`The file is larger than ${MOST_CHARACTERS / 1e6} MB.`, "export one decision alone");
  if (/<!DOCTYPE|<!ENTITY/i.test(xml))
    return refused("The file declares entities, which are not read.", "remove its DOCTYPE");
  let definitions: ModdleElement;
  try {
    const tag = /<(?:[\w.-]+:)?definitions[\s>]/.exec(xml);
    if (!tag) return refused("This is no DMN file: it has no definitions.", "export the decision as DMN 1.3 (.dmn)");
    definitions = (await moddle().fromXML(in13(xml))).rootElement;
  } catch (cause) {
    return refused(
      `The file is no DMN that can be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      "export it again as DMN 1.3",
    );
  }
  const decisions = elements(definitions, "drgElement").filter(({ $type }) => $type === "dmn:Decision");
  if (decisions.length === 0) return refused("The file has no decision.", "a decision table is expected");
  return { ok: true, decisions: decisions.map((decision) => readDecision(decision, definitions)) };
}

/** Files of other versions differ for tables in nothing but the name of the language. */
function in13(xml: string): string {
  return xml.replaceAll(
    /(["'])(?:https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20151101\/dmn\.xsd|20180521\/MODEL\/|20191111\/MODEL\/|20211108\/MODEL\/|20230324\/MODEL\/))\1/g,
    '"https://www.omg.org/spec/DMN/20191111/MODEL/"',
  );
}

function refused(message: string, hint: string): DmnFile {
  return { ok: false, issues: [error("dmn", "", message, hint)] };
}

function readDecision(decision: ModdleElement, definitions: ModdleElement): DmnDecision {
  const named = { id: decision.id ?? "decision", name: decision.name ?? decision.id ?? "decision" };
  const logic = decision.decisionLogic as ModdleElement | undefined;
  if (logic?.$type !== "dmn:DecisionTable") {
    const what = logic
      ? logic.$type
          .replace("dmn:", "")
          .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
          .toLowerCase()
      : "nothing";
    const message = `"${named.name}" is decided by ${what === "nothing" ? what : `a ${what}`}, not by a decision table.`;
    return { ...named, issues: [error("dmn-logic", "", message, "only decision tables are taken")] };
  }
  const reader = new TableReader(logic, named.name, definitions);
  const table = reader.table();
  return { ...named, ...(table && { table }), issues: reader.issues };
}

/** A column with its place in the table that the file was written from. */
type PlacedColumn = DmnColumn & { isInForce: boolean; source: number | undefined };

class TableReader {
  readonly issues: Issue[] = [];
  readonly #logic: ModdleElement;
  readonly #name: string;
  readonly #definitions: ModdleElement;
  /** The table that the file was written from, and how it was said in it. */
  readonly #source: { table: DecisionTable; parts: DmnParts } | undefined;

  constructor(logic: ModdleElement, name: string, definitions: ModdleElement) {
    this.#logic = logic;
    this.#name = name;
    this.#definitions = definitions;
    this.#source = sourceOf(logic);
  }

  table(): DecisionTable | undefined {
    const hitPolicy = this.#hitPolicy();
    const rules = elements(this.#logic, "rule");
    const inputs = elements(this.#logic, "input");
    const entries = rules.map((rule) => elements(rule, "inputEntry").map(textOf));
    const columns = inputs.map((input, at) =>
      this.#column(
        input,
        entries.map((cells) => cells[at] ?? "-"),
        at,
      ),
    );
    const shown = columns.filter(({ isInForce }) => !isInForce);
    const outputs = elements(this.#logic, "output").map((output, at) => this.#output(output, at));
    const rows = rules.map((rule, at) => this.#row(rule, at, columns, outputs.length));
    const fallback = this.#fallback(outputs.length);
    const made = {
      hitPolicy,
      columns: shown.map(({ column }) => column),
      outputs,
      rows,
      ...(fallback && { default: fallback }),
      ...(this.#source?.table.event !== undefined && { event: this.#source.table.event }),
    };
    const parsed = DecisionTable.safeParse(made);
    if (!parsed.success) {
      this.issues.push(
        ...parsed.error.issues.map(({ path, message }) => error("dmn", `/${path.map(String).join("/")}`, message)),
      );
    }
    return this.issues.length === 0 ? parsed.data : undefined;
  }

  #refuse(path: string, message: string, hint?: string): void {
    this.issues.push(error("dmn-unsupported", path, message, hint));
  }

  #hitPolicy(): DecisionTable["hitPolicy"] {
    const said = (this.#logic.hitPolicy as string | undefined) ?? "UNIQUE";
    const aggregation = this.#logic.aggregation as string | undefined;
    const found = Object.entries(POLICIES).find(([, one]) => one.hitPolicy === said && one.aggregation === aggregation);
    if (!found) this.#refuse("/hitPolicy", `"${said}${aggregation ? ` ${aggregation}` : ""}" is no hit policy`);
    return (found?.[0] ?? "unique") as DecisionTable["hitPolicy"];
  }

  #column(input: ModdleElement, cells: readonly string[], at: number): PlacedColumn {
    const source = this.#source?.parts.inputs.findIndex(({ id }) => id === input.id) ?? -1;
    const part = this.#source?.parts.inputs[source];
    const read = readColumn(input, cells, this.#definitions);
    if (part && part.expression === read.expression && part.type === read.typeRef && part.values === read.values) {
      if (part.id === IN_FORCE) return { ...read, isInForce: true, source };
      const known = this.#source?.table.columns[source] as DecisionTable["columns"][number];
      const title = read.label === part.label ? known.title : read.label;
      const { title: _title, ...rest } = known;
      return { ...read, column: { ...rest, ...(title !== undefined && { title }) }, isInForce: false, source };
    }
    if (read.problem)
      this.#refuse(`/columns/${at}`, `column ${at + 1}: ${read.problem}`, "name one input in each column");
    return { ...read, isInForce: false, source: undefined };
  }

  #output(output: ModdleElement, at: number): DecisionTable["outputs"][number] {
    const values = textOf(output.outputValues);
    const source = this.#source?.table.outputs[Number(/^answer-(\d+)$/.exec(output.id ?? "")?.[1] ?? Number.NaN)];
    const name = output.name ?? (output.label as string | undefined) ?? (at === 0 ? this.#name : `answer ${at + 1}`);
    const label = output.label as string | undefined;
    if (source && plainText(source.name) === name && (source.of?.map(feelOfJson).join(", ") ?? "") === values) {
      const { title: known, ...rest } = source;
      const title = plainText(known ?? source.name) === (label ?? "") ? known : label;
      return { ...rest, ...(title !== undefined && { title }) };
    }
    const of = values === "" ? [] : this.#listed(values, at);
    return { name, ...(label !== undefined && label !== name && { title: label }), ...(of.length > 0 && { of }) };
  }

  #listed(values: string, at: number): Json[] {
    const listed = this.#feel(() => jsonOfFeel(`[${values}]`), `/outputs/${at}/of`, `the values of answer ${at + 1}`);
    return Array.isArray(listed) ? listed : [];
  }

  #fallback(count: number): Json[] | undefined {
    const said = elements(this.#logic, "output").map(
      (output) => output.defaultOutputEntry && textOf(output.defaultOutputEntry),
    );
    if (!said.some((one) => typeof one === "string")) return undefined;
    return Array.from({ length: count }, (_, at) => {
      const text = said[at];
      return typeof text === "string"
        ? this.#answer(text, this.#source?.table.default?.[at], `/default/${at}`, `the default of answer ${at + 1}`)
        : null;
    });
  }

  #row(
    rule: ModdleElement,
    at: number,
    columns: readonly PlacedColumn[],
    outputs: number,
  ): DecisionTable["rows"][number] {
    const place = Number(/^row-(\d+)$/.exec(rule.id ?? "")?.[1] ?? Number.NaN);
    const known = this.#source?.table.rows[place];
    const part = known && this.#source?.parts.rows[place];
    const entries = elements(rule, "inputEntry").map(textOf);
    const cells: string[] = [];
    let valid = undefined as DecisionTable["rows"][number]["valid"];
    for (const [column, read] of columns.entries()) {
      const text = entries[column] ?? "-";
      const same = read.source !== undefined && part?.cells[read.source] === text;
      if (read.isInForce) {
        valid = same ? known?.valid : this.#valid(text, at);
      } else
        cells.push(
          same && read.source !== undefined ? (known?.cells[read.source] ?? "-") : this.#cell(text, read, at, column),
        );
    }
    const answers = elements(rule, "outputEntry").map(textOf);
    const out = Array.from({ length: outputs }, (_, output) =>
      this.#answer(
        answers[output] ?? "",
        known?.out[output],
        `/rows/${at}/out/${output}`,
        `row ${at + 1}, answer ${output + 1}`,
      ),
    );
    const said = noteOf(rule);
    const note = part && part.note === plainText(said) ? known?.note : said === "" ? undefined : said;
    return { cells, out, ...(note !== undefined && { note }), ...(valid && { valid }) };
  }

  #valid(text: string, at: number): DecisionTable["rows"][number]["valid"] {
    const cell = this.#cell(text, { column: { fact: "time.today", type: "date" }, label: "in force" }, at, -1);
    const said = cellValidity(cell);
    if (!said)
      this.#refuse(`/rows/${at}/valid`, `row ${at + 1}: "${text}" is no stretch of days`, "write one range of dates");
    return said?.valid;
  }

  #cell(text: string, { column, label }: Pick<DmnColumn, "column" | "label">, at: number, place: number): string {
    const where = `row ${at + 1}, ${label || column.fact}`;
    const path = `/rows/${at}/cells/${place}`;
    const test = this.#feel(() => testOfFeel(text), path, where);
    const cell = test && cellText(test, column);
    if (test && cell === undefined)
      this.#refuse(path, `${where}: "${text}" has no spelling in a cell`, "split the row in two");
    return cell ?? "-";
  }

  #answer(text: string, known: Json | undefined, path: string, where: string): Json {
    if (known !== undefined && feelOfJson(known) === text) return known;
    return this.#feel(() => jsonOfFeel(text), path, where) ?? null;
  }

  #feel<T>(read: () => T, path: string, where: string): T | undefined {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof FeelRefused)) throw cause;
      this.#refuse(
        path,
        `${where}: it holds ${cause.message}`,
        "write values, lists of them, comparisons with one, or ranges; a rule written as conditions can compare two facts",
      );
      return undefined;
    }
  }
}

function noteOf(rule: ModdleElement): string {
  const notes = elements(rule, "annotationEntry")
    .map(textOf)
    .filter((text) => text !== "");
  return [(rule.description as string | undefined) ?? "", ...notes]
    .filter((text) => text !== "")
    .join("\n")
    .slice(0, 1000);
}

/** The table in the extension element, if the file was written by `tableToDmn` and it is still whole. */
function sourceOf(logic: ModdleElement): { table: DecisionTable; parts: DmnParts } | undefined {
  const extensions = logic.extensionElements as ModdleElement | undefined;
  const source = elements(extensions, "values").find(({ $type }) => $type === "rondo:Source");
  try {
    const parsed = DecisionTable.safeParse(JSON.parse(String(source?.body ?? "")));
    return parsed.success ? { table: parsed.data, parts: dmnParts(parsed.data) } : undefined;
  } catch (cause) {
    // What stands there is not ours, or damaged: the file is read as any other.
    if (cause instanceof SyntaxError || cause instanceof IssuesError) return undefined;
    throw cause;
  }
}
