import type { Json } from "../../words/json.ts";
import type { FactType } from "../ruleset.ts";
import type { CellTest, CellValue } from "../table-cell.ts";
import { sentence, valueInWords } from "../words.ts";
import type { Box } from "./box.ts";
import type { Dimension } from "./dimension.ts";
import type { SampleInput } from "./sample.ts";
import { testOfSet } from "./set-cells.ts";
import { holds, type SpanSet, sameSet } from "./span-set.ts";

/** A box in words: `attainment is at least 80 % and below 100 %, and department is support`; "anything" where it asks nothing. */
export function boxInWords(box: Box, dimensions: readonly Dimension[]): string {
  const parts = dimensions.flatMap((dimension, at) => {
    const set = box[at];
    return !set || sameSet(set, dimension.full) ? [] : [`${dimension.type.title} is ${setInWords(set, dimension)}`];
  });
  return parts.length === 0 ? "whatever the input" : parts.join(", and ");
}

/** A set of values in words: `at least 80 %`, `sales or support`, `anything but sales`. */
export function setInWords(set: SpanSet, dimension: Dimension, type: FactType = dimension.type): string {
  const test = testOfSet(set, dimension);
  const none = dimension.nullAtom !== undefined && holds(set, dimension.nullAtom);
  if (!test) return none ? "missing" : "nothing";
  const words = testInWords(test, dimension, type);
  return none ? `${words} or missing` : words;
}

function testInWords(test: CellTest, dimension: Dimension, type: FactType = dimension.type): string {
  const said = (value: CellValue) => valueInWords(value, type);
  switch (test.kind) {
    case "any":
      return "anything";
    case "one-of":
      return listed(test.values.map(said));
    case "compare": {
      const words = dimension.domain.kind === "date" ? DATED : NUMBERED;
      return `${words[test.sign]} ${said(test.value)}`;
    }
    case "range": {
      const words = dimension.domain.kind === "date" ? DATED : NUMBERED;
      if (test.lowIncluded && test.highIncluded) return `between ${said(test.low)} and ${said(test.high)}`;
      return `${words[test.lowIncluded ? ">=" : ">"]} ${said(test.low)} and ${words[test.highIncluded ? "<=" : "<"]} ${said(test.high)}`;
    }
    case "or":
      return test.tests.map((one) => testInWords(one, dimension, type)).join(" or ");
    case "not": {
      const inner = testInWords(test.test, dimension, type);
      return inner === "" ? "anything" : `anything but ${inner}`;
    }
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

const NUMBERED = { "<": "below", "<=": "at most", ">": "above", ">=": "at least" } as const;
const DATED = { "<": "before", "<=": "on or before", ">": "after", ">=": "on or after" } as const;

const listed = (words: string[]) =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** A sample in words: `attainment 90 %, department support`. */
export function sampleInWords(inputs: readonly SampleInput[], dimensions: readonly Dimension[]): string {
  const words = inputs.map(({ value }, at) => {
    const { type } = dimensions[at] as Dimension;
    return value === null ? `${type.title} missing` : `${type.title} ${valueInWords(value as Json, type)}`;
  });
  return words.join(", ");
}

/** Sentences, each with a capital and a full stop. */
export const told = (...sentences: string[]): string => sentences.map((text) => `${sentence(text)}.`).join(" ");
