import { traceInWords } from "../rules/condition-words.ts";
import type { ConditionTrace } from "../rules/explain.ts";
import { periodIdInWords } from "../time/period.ts";
import { Decimal } from "../words/decimal.ts";
import { grouped, moneyInWords } from "./currency.ts";
import { decimalText, percentText, readNumeric } from "./numeric.ts";
import type { Payout, PayoutLine } from "./payout.ts";
import { factTitle, type Titles, titleOf } from "./titles.ts";
import { STAGES, type Stage, type TraceStep } from "./trace.ts";

/** Names for the ids that a payout carries. */
export interface StatementWords {
  people?: Readonly<Record<string, string>>;
  /** Titles of measures, rule sets and facts by id. */
  titles?: Titles;
}

/**
 * A payout as sentences for the person who is paid: what counts in total, one for each line, what changed the total, in the
 * fixed order, which is printed as well. Says what is missing where the payout is not evaluated.
 */
export function statementInWords(payout: Payout, words: StatementWords = {}): string[] {
  const name = titleOf(words.people, payout.payee.id, payout.payee.name);
  const head = `${payout.plan.title}, ${periodIdInWords(payout.period.id)}, for ${name}`;
  if (payout.status === "not eligible") return [`${head}: not on this plan.`, ...decisions(payout.trace, words)];
  if (payout.status === "not evaluated") {
    return [`${head}: not evaluated yet.`, ...payout.missing.map((missing) => missing.message)];
  }
  const money = (minor: number | null) => moneyInWords(minor ?? 0, payout.currency);
  const review = payout.status === "in review";
  return [
    `${head}: ${money(payout.totalMinor)}${review ? ", waiting for review because it is unusually large" : ""}.`,
    ...payout.trace.flatMap((step) => targetSentence(step, payout)),
    ...payout.lines.map((line) => lineInWords(payout, line, words)),
    ...payout.trace.flatMap((step) => sharedSentence(step, payout, words)),
    ...payout.adjustments.map(
      ({ kind, amountMinor, payment }) =>
        `${sentenceCase(kind)}: ${money(amountMinor)}${payment ? ` (of payment ${payment})` : ""}.`,
    ),
    ...(payout.heldMinor ? [`Held back until released: ${money(payout.heldMinor)}.`] : []),
    ...(review ? [] : [`Paid now: ${money(payout.payableMinor)}.`]),
    ...(payout.balances.drawMinor ? [`Still to be recovered of advances: ${money(payout.balances.drawMinor)}.`] : []),
    ...(payout.balances.clawbackMinor ? [`Still to be taken back: ${money(payout.balances.clawbackMinor)}.`] : []),
    `Order of calculation: ${stagesOf(payout).join(" → ")}.`,
  ];
}

/**
 * One line: `Laptops sold: 364 of 303, 120.13 % of target → 150 % of this part (weight 70 %) = 15,750.00 USD.`
 * A gate that failed is named with the value that failed it.
 */
export function lineInWords(payout: Payout, line: PayoutLine, words: StatementWords = {}): string {
  if (line.amountMinor === null) {
    return `${line.title}: not evaluated${line.missing?.length ? `. ${line.missing.join(" ")}` : " while another part is missing."}`;
  }
  const step = (name: string) => line.trace.find((each) => each.id === `${line.component}/${name}`);
  const parts = [
    attainmentWords(step("attainment"), step("ramped")),
    factorWords(step("curve")),
    dealWords(step("rate"), step("amount")),
    gateWords(step("gate"), words),
    weightWords(step("weighted")),
    ...modifierWords(line, payout),
    capWords(line),
  ].filter((part) => part !== "");
  return `${line.title}: ${parts.join(" → ")} = ${moneyInWords(line.amountMinor, payout.currency)}.`;
}

/** The stages that this payout went through, in the fixed order. */
export function stagesOf(payout: Payout): Stage[] {
  const used = new Set<Stage>(
    [
      payout.trace,
      ...payout.lines.map((line) => line.trace),
      ...payout.adjustments.map((adjustment) => adjustment.trace),
    ].flatMap((steps) => steps.map((step) => step.stage)),
  );
  return STAGES.filter((stage) => used.has(stage));
}

function attainmentWords(step: TraceStep | undefined, ramped: TraceStep | undefined): string {
  if (!step) return "";
  const attainment = percentText((ramped ?? step).result);
  const [actual, target] = [step.inputs.actual ?? step.detail?.actual, step.inputs.target ?? step.detail?.target].map(
    (value) => (typeof value === "string" ? grouped(value) : undefined),
  );
  if (actual && target) return `${actual} of ${target}, ${attainment} of target${ramped ? " for a new hire" : ""}`;
  const teams = Array.isArray(step.detail?.teams) ? ` over ${counted(step.detail.teams.length, "team")}` : "";
  return `${attainment} of target${teams}${ramped ? " for a new hire" : ""}`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

const factorWords = (step: TraceStep | undefined) => (step ? `${percentText(step.result)} of this part` : "");

function dealWords(rate: TraceStep | undefined, amount: TraceStep | undefined): string {
  if (!rate || typeof rate.inputs.amount !== "string") return "";
  const base = readNumeric(rate.inputs.amount);
  const share = base && !base.isZero() ? percentText(new Decimal(rate.result).dividedBy(base)) : "0 %";
  const credit = amount?.detail?.credit;
  const credited = typeof credit === "string" && credit !== "1" ? `, credited ${percentText(credit)}` : "";
  return `${grouped(rate.inputs.amount)} at ${share}${credited}`;
}

function gateWords(step: TraceStep | undefined, words: StatementWords): string {
  if (!step || step.inputs.passed === true) return "";
  const rate = typeof step.inputs.else === "string" ? percentText(step.inputs.else) : "0 %";
  const reasons = decisions([step], words).join("; ");
  return `gate not passed (${reasons || "its conditions do not hold"}), paid at ${rate}`;
}

function weightWords(step: TraceStep | undefined): string {
  const weight = Array.isArray(step?.inputs.factors) ? step.inputs.factors[1] : undefined;
  return typeof weight === "string" ? `weight ${percentText(weight)}` : "";
}

function modifierWords(line: PayoutLine, payout: Payout): string[] {
  return line.trace
    .filter((step) => step.stage === "modifier")
    .flatMap((step) => {
      const factor = payout.trace.find((each) => each.id === step.id.slice(line.component.length + 1));
      return factor ? [`× ${decimalText(new Decimal(factor.result))}`] : [];
    });
}

/** Says which cap took something off. */
function capWords(line: PayoutLine): string {
  const amounts = line.trace.filter((step) => /\/(amount|modifier\/\d+|cap|plan-cap)$/.test(step.id));
  const taken = amounts.flatMap((step, index) => {
    const before = amounts[index - 1];
    if (step.stage !== "cap" || !before || step.result === before.result) return [];
    return [step.id.endsWith("/plan-cap") ? "the cap of the plan" : "its own cap"];
  });
  return taken.length > 0 ? `limited by ${taken.join(" and ")}` : "";
}

function targetSentence(step: TraceStep, payout: Payout): string[] {
  if (step.id === "target") return [`Target incentive of the period: ${moneyInWords(step.result, payout.currency)}.`];
  if (step.stage !== "proration") return [];
  const share = typeof step.detail?.share === "string" ? ` (${percentText(step.detail.share)} of the period)` : "";
  return [`For the time counted${share}: ${moneyInWords(step.result, payout.currency)}.`];
}

function sharedSentence(step: TraceStep, payout: Payout, words: StatementWords): string[] {
  const detail = step.detail ?? {};
  if (step.stage === "modifier") {
    const rules = String(detail.rules);
    const title = detail.title === rules ? titleOf(words.titles, rules) : String(detail.title);
    const why = detail.rule;
    return [`${title} multiplies the payout by ${step.result}${why ? ` (${String(why)})` : ""}.`];
  }
  if (step.id === "cap/plan") return [`Cap of the plan: ${moneyInWords(step.result, payout.currency)}.`];
  if (step.id === "windfall") return [`Payouts above ${moneyInWords(step.result, payout.currency)} wait for review.`];
  if (step.id === "total") return [`The total is ${String(detail.policy)}.`];
  return [];
}

/** What decided the conditions on a trace, in words with the values found: `Gross margin was 0.22, below 0.25`. */
function decisions(steps: readonly TraceStep[], words: StatementWords): string[] {
  return steps.flatMap((step) => {
    const decided = step.detail?.decidedBy;
    if (!Array.isArray(decided)) return [];
    return decided.flatMap((trace) =>
      traceInWords(trace as unknown as ConditionTrace, { title: factTitle(words.titles) }),
    );
  });
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
