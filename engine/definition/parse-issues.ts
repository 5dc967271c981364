import type { z } from "zod";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { exampleOf } from "./parse-examples.ts";
import { keysAt, schemaIdsAt, valueAt } from "./parse-schema.ts";
import { chooseBranch } from "./parse-union.ts";
import { anyOf, boundInWords, formatInWords, kindOfValue, sentence, typeInWords } from "./parse-words.ts";

type ZodIssue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What translation looks things up in. */
interface Source {
  schema: z.core.$ZodType;
  document: unknown;
}

const MOST = 200;

/**
 * zod's issues in the words of an author: each with a JSON Pointer to a place that exists in the document, a sentence,
 * and what to do. Where the format offers several shapes, the closest one is explained and the others are not mentioned.
 */
export function issuesInWords(issues: readonly ZodIssue[], schema: z.core.$ZodType, document: unknown): Issue[] {
  const source = { schema, document };
  const all = issues.flatMap((issue) => translate(issue, [], source));
  const unique = [...new Map(all.map((issue) => [`${issue.path} ${issue.message}`, issue])).values()];
  // "name a unit" says nothing new once "wrokingDays is not known here" has been said of the same object.
  const slips = new Set(unique.flatMap((issue) => (issue.code === "unknown-key" ? slipOf(issue) : [])));
  const telling = unique.filter((issue) => {
    if (issue.code === "missing") return !slips.has(`${issue.path} ${issue.message.split('"')[1]}`);
    return (
      issue.code !== "not-valid" ||
      !unique.some((other) => other.code !== "not-valid" && isWithin(other.path, issue.path))
    );
  });
  if (telling.length <= MOST) return telling;
  const more = error("too-many-issues", "", `There are ${telling.length - MOST} more problems like these.`);
  return [...telling.slice(0, MOST), more];
}

/** "rule is missing" says nothing new once "rul: did you mean rule?" has been said. */
function slipOf(issue: Issue): string[] {
  const meant = issue.hint?.match(/^Did you mean "(.*)"\?$/)?.[1];
  return meant === undefined ? [] : [`${issue.path.slice(0, issue.path.lastIndexOf("/"))} ${meant}`];
}

const isWithin = (path: string, outer: string) => path === outer || path.startsWith(`${outer}/`);

function translate(issue: ZodIssue, base: Path, source: Source): Issue[] {
  const at = [...base, ...issue.path];
  const value = valueAt(source.document, at);
  if (value === undefined && issue.code !== "custom") return [missing(at, issue, source)];
  switch (issue.code) {
    case "invalid_type":
      return [wrongType(at, value, [issue.expected], source)];
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey([...at, key], key, source));
    case "invalid_value":
      return [unknownValue(at, value, issue.values.map(String))];
    case "invalid_union":
      return union(issue, at, value, source);
    case "invalid_key":
      return [wrongName(at, issue.issues[0]?.message)];
    case "invalid_format": {
      const words = formatInWords(issue.format);
      const message = words ? `${place(at)} should be ${words}` : `${place(at)} is not written as it should be`;
      return [error("wrong-format", pathOf(at), sentence(message), words ? undefined : sentence(issue.message))];
    }
    case "too_small":
      return [bound(at, boundInWords(issue.origin, Number(issue.minimum), "least", issue.inclusive ?? true))];
    case "too_big":
      return [bound(at, boundInWords(issue.origin, Number(issue.maximum), "most", issue.inclusive ?? true))];
    case "not_multiple_of":
      return [error("wrong-bound", pathOf(at), `${place(at)} should be a multiple of ${issue.divisor}.`)];
    case "invalid_element":
      return issue.issues.flatMap((inner) => translate(inner, at, source));
    case "custom":
      return [error("not-valid", pathOf(at), sentence(issue.message), ruleHint(at, source))];
  }
}

function union(issue: z.core.$ZodIssueInvalidUnion, at: Path, value: unknown, source: Source): Issue[] {
  if ("options" in issue && Array.isArray(issue.options)) return [unknownValue(at, value, issue.options.map(String))];
  const branch = chooseBranch(issue.errors, value);
  switch (branch.fits) {
    case "one":
      return branch.issues.flatMap((inner) => translate(inner, at, source));
    case "no type":
      return [wrongType(at, value, branch.types, source)];
    case "unclear": {
      const keys = anyOf(branch.keys.map((key) => `"${key.replace(" + ", '" with "')}"`));
      return [error("unknown-shape", pathOf(at), `${place(at)} cannot be understood.`, `Give it ${keys}.`)];
    }
  }
}

function missing(at: Path, issue: ZodIssue, source: Source): Issue {
  const key = String(at.at(-1) ?? "");
  const possible = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  const values = issue.code === "invalid_value" ? issue.values.map((one) => JSON.stringify(one)) : possible;
  const hint =
    values.length > 0
      ? `It is ${values.length === 1 ? "" : "one of "}${values.join(", ")}.`
      : issue.code === "invalid_type"
        ? `Add it: ${typeInWords(issue.expected)}.`
        : undefined;
  // The missing member has no place of its own; its owner has.
  let owner = at.slice(0, -1);
  while (owner.length > 0 && valueAt(source.document, owner) === undefined) owner = owner.slice(0, -1);
  return error(
    "missing",
    pathOf(owner),
    `"${key}" is missing${owner.length > 0 ? ` in ${place(owner, true)}` : ""}.`,
    hint,
  );
}

function wrongType(at: Path, value: unknown, types: string[], source: Source): Issue {
  const given = types.includes("int") && typeof value === "number" ? String(value) : kindOfValue(value);
  const message = `${place(at)} should be ${anyOf(types.map(typeInWords))}, not ${given}.`;
  const ids = schemaIdsAt(source.schema, at, source.document);
  return error("wrong-type", pathOf(at), message, exampleOf(ids, value) ?? quotesHint(value, types));
}

const ruleHint = (at: Path, source: Source) =>
  exampleOf(schemaIdsAt(source.schema, at, source.document), valueAt(source.document, at));

/** The commonest slip of all: a number in quotes, or a decimal without them. */
function quotesHint(value: unknown, types: string[]): string | undefined {
  if (typeof value === "number" && types.includes("string")) return `Write it in quotes: "${value}".`;
  if (typeof value !== "string" || types.includes("string")) return undefined;
  if (types.includes("boolean") && /^(true|false)$/.test(value)) return `Write it without quotes: ${value}.`;
  const numeric = types.some((type) => type === "number" || type === "int") && /^-?\d+(\.\d+)?$/.test(value);
  return numeric ? `Write it without quotes: ${value}.` : undefined;
}

function unknownKey(at: Path, key: string, source: Source): Issue {
  const owner = at.slice(0, -1);
  const here = owner.length > 0 ? ` in ${place(owner, true)}` : "";
  const taken = new Set(Object.keys((valueAt(source.document, owner) as object | undefined) ?? {}));
  const free = keysAt(source.schema, owner, source.document).filter((known) => !taken.has(known));
  return error("unknown-key", pathOf(at), `"${key}" is not known${here}.`, didYouMean(key, free));
}

function unknownValue(at: Path, value: unknown, possible: string[]): Issue {
  const given = typeof value === "string" ? JSON.stringify(value) : kindOfValue(value);
  const hint = didYouMean(typeof value === "string" ? value : "", possible);
  return error("unknown-value", pathOf(at), `${place(at)} cannot be ${given}.`, hint);
}

function wrongName(at: Path, rule: string | undefined): Issue {
  const name = String(at.at(-1));
  return error("wrong-name", pathOf(at), `"${name}" cannot be used as a name here.`, rule && sentence(rule));
}

const bound = (at: Path, words: string) => error("wrong-bound", pathOf(at), `${place(at)} should be ${words}.`);

const pathOf = (at: Path) => pointer(...at.map((key) => (typeof key === "number" ? key : String(key))));

/** How a sentence calls a place: `"weight"`, `Entry 3 of "levels"`, `The document`. */
function place(at: Path, inside = false): string {
  const last = at.at(-1);
  if (last === undefined) return inside ? "the document" : "The document";
  if (typeof last !== "number") return `"${String(last)}"`;
  const list = at.findLast((key) => typeof key !== "number");
  return `${inside ? "entry" : "Entry"} ${last + 1}${list === undefined ? "" : ` of "${String(list)}"`}`;
}
