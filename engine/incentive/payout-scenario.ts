import { z } from "zod";
import type { RulesetBody } from "../rules/decide.ts";
import { Json } from "../words/json.ts";
import { computePayout } from "./compile-plan.ts";
import type { PayoutInputs } from "./inputs.ts";
import type { Payout } from "./payout.ts";
import type { PlanDocument } from "./plan.ts";
import { recomputePayout } from "./recompute.ts";
import { type StatementWords, statementInWords } from "./statement.ts";

const numeric = z.union([z.string(), z.number()]);
const level = { actual: numeric.nullish(), target: numeric.nullish(), attainment: numeric.nullish() };
const minor = z.number().int();

const measured = z.strictObject({
  ...level,
  parts: z
    .array(z.strictObject({ team: z.string(), ...level, figuresOf: z.string().optional(), weight: numeric.nullish() }))
    .optional(),
  unit: z.string().optional(),
  asOf: numeric.nullish(),
  state: z.string().nullish(),
});

/** What a payout is computed from, as a scenario writes it (`PayoutInputs`). */
export const ScenarioInputs = z.strictObject({
  payee: z.strictObject({
    id: z.string(),
    name: z.string().optional(),
    hireDate: z.string().nullish(),
    fields: z.record(z.string(), Json).optional(),
  }),
  period: z.strictObject({ id: z.string(), from: z.iso.date(), to: z.iso.date() }),
  salaryMinor: minor.nullish(),
  salaryPer: z.enum(["year", "half-year", "quarter", "month", "period"]).optional(),
  salaryCurrency: z.string().optional(),
  targetIncentiveMinor: minor.nullish(),
  segments: z
    .array(
      z.strictObject({
        from: z.iso.date(),
        to: z.iso.date(),
        fte: numeric.optional(),
        leave: z.string().optional(),
        targetIncentiveMinor: minor.optional(),
        salaryMinor: minor.optional(),
      }),
    )
    .optional(),
  results: z.record(z.string(), measured).optional(),
  facts: z
    .array(z.strictObject({ fact: z.string(), params: z.record(z.string(), Json).optional(), value: Json }))
    .optional(),
  parameters: z.record(z.string(), Json).optional(),
  transactions: z
    .array(z.strictObject({ id: z.string(), date: z.string(), fields: z.record(z.string(), Json) }))
    .optional(),
  reversals: z
    .array(
      z.strictObject({
        id: z.string(),
        payment: z.string(),
        transaction: z.string().optional(),
        on: z.string(),
        paidOn: z.iso.date(),
        happenedOn: z.iso.date(),
        paidMinor: minor,
      }),
    )
    .optional(),
  balances: z.strictObject({ drawMinor: minor.optional(), clawbackMinor: minor.optional() }).optional(),
  windfallReview: z.strictObject({ approved: z.boolean(), by: z.string().optional() }).optional(),
});

/** A payout that a template's plan must give: from these inputs, this amount, told in these words. */
export const PayoutScenario = z
  .strictObject({
    title: z.string().min(1),
    /** The id of the plan. */
    plan: z.string(),
    inputs: ScenarioInputs,
    expect: z.strictObject({
      status: z.enum(["computed", "in review", "not evaluated", "not eligible"]),
      totalMinor: minor.nullable(),
      payableMinor: minor.nullable().optional(),
      heldMinor: minor.nullable().optional(),
      /** Amounts by component or deal; all lines are named. */
      lines: z.record(z.string(), minor.nullable()).optional(),
      /** Kinds of the adjustments with their amounts, in order. */
      adjustments: z.array(z.tuple([z.string(), minor])).optional(),
      /** Texts that the statement must contain. */
      words: z.array(z.string()).optional(),
      /** What is named as missing. */
      missing: z.array(z.string()).optional(),
    }),
  })
  .meta({ id: "PayoutScenario" });
export type PayoutScenario = z.infer<typeof PayoutScenario>;

/** A document as a scenario finds it: parsed, of whatever kind. */
type Document = { kind: string; id: string; title: string };

const isPlan = (document: Document): document is Document & PlanDocument => document.kind === "plan";
const isRuleset = (
  document: Document,
): document is Document & RulesetBody & { parameters?: Record<string, { default: Json }> } =>
  document.kind === "ruleset";

/**
 * Computes a scenario's payout and says what did not hold, as sentences; empty where it passes. Whatever a scenario names
 * itself, the payout must recompute from its own trace to the cent. Parameters have their defaults where it gives none.
 */
export function runPayoutScenario(scenario: PayoutScenario, documents: readonly Document[]): string[] {
  const plan = documents.filter(isPlan).findLast((document) => document.id === scenario.plan);
  if (!plan) return [`there is no plan "${scenario.plan}"`];
  const rulesets = documents.filter(isRuleset);
  const used = rulesets.filter(({ id }) => plan.modifiers?.some((modifier) => modifier.rules === id));
  const defaults = used.flatMap(({ parameters }) =>
    Object.entries(parameters ?? {})
      .filter(([name]) => plan.parameters?.[name] === undefined)
      .map(([name, declared]) => [name, declared.default] as const),
  );
  const inputs: PayoutInputs = {
    ...(scenario.inputs as PayoutInputs),
    parameters: { ...Object.fromEntries(defaults), ...scenario.inputs.parameters },
    rulesets: Object.fromEntries(rulesets.map((ruleset) => [ruleset.id, ruleset])),
  };
  const payout = computePayout(plan, inputs);
  const titles = Object.fromEntries(documents.map(({ id, title }) => [id, title]));
  return [...unmet(payout, scenario.expect, { titles }), ...recomputePayout(payout).differences];
}

function unmet(payout: Payout, expected: PayoutScenario["expect"], words: StatementWords): string[] {
  const failures: string[] = [];
  const compare = (what: string, is: unknown, should: unknown) => {
    const [found, wanted] = [JSON.stringify(is), JSON.stringify(should)];
    if (should !== undefined && found !== wanted) failures.push(`${what} is ${found}, expected ${wanted}`);
  };
  const sorted = (record: Record<string, unknown>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  compare("the status", payout.status, expected.status);
  compare("the total", payout.totalMinor, expected.totalMinor);
  compare("what is paid now", payout.payableMinor, expected.payableMinor);
  compare("what is held", payout.heldMinor, expected.heldMinor);
  if (expected.lines) {
    const lines = payout.lines.map(({ component, amountMinor }) => [component, amountMinor]);
    compare("the lines", sorted(Object.fromEntries(lines)), sorted(expected.lines));
  }
  compare(
    "the adjustments",
    payout.adjustments.map(({ kind, amountMinor }) => [kind, amountMinor]),
    expected.adjustments,
  );
  if (expected.missing) {
    compare("what is missing", payout.missing.map(({ name }) => name).sort(), [...expected.missing].sort());
  }
  const statement = statementInWords(payout, words).join("\n");
  for (const text of expected.words ?? []) {
    if (!statement.includes(text)) failures.push(`the statement does not say "${text}":\n${statement}`);
  }
  return failures;
}
