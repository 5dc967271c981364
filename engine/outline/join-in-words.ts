import type { Join } from "../steps/shapes.ts";
import { spell } from "./words.ts";

type JoinRule = Extract<Join, readonly unknown[]>[number];

/** When several answers or branches are enough, in a few words: `all of them`, `the first`, `3 of them`, `approved by all`. */
export function joinInWords(join: Join | undefined): string {
  if (join === undefined || join === "all") return "all of them";
  if (join === "any") return "the first";
  if (!Array.isArray(join)) return `${join.atLeast} of them`;
  return join.map((rule) => (isVeto(rule, join) ? `a veto: ${countInWords(rule)}` : countInWords(rule))).join(", ");
}

/** Whether one person can decide alone what otherwise needs several: one answer is enough for it, and more for another. */
export function isVeto(rule: JoinRule, rules: readonly JoinRule[]): boolean {
  return rule.atLeast === 1 && rules.some((other) => other !== rule && other.atLeast !== 1);
}

/** The rules of a join by which one person alone decides. */
export function vetoesOf(join: Join | undefined): JoinRule[] {
  return Array.isArray(join) ? join.filter((rule) => isVeto(rule, join)) : [];
}

function countInWords({ count, atLeast, emit }: JoinRule): string {
  const so = emit === count ? "" : `, then ${spell(emit)}`;
  if (atLeast === "all") return `${spell(count)} by all${so}`;
  return `${spell(count)} by ${atLeast === 1 ? "one" : atLeast}${so}`;
}
