import { durationInWords } from "../words/duration.ts";
import { capsInOrder } from "./caps.ts";
import { grouped } from "./currency.ts";
import { percentText, readNumeric } from "./numeric.ts";
import type { Component, Curve, PlanDocument, Rate } from "./plan.ts";
import { roundingInWords } from "./rounding.ts";
import { clause, type Titles, titleOf } from "./titles.ts";

/** A fraction as percent, or the parameter it is taken from with its default. */
type Say = (rate: Rate) => string;

/**
 * The plan as the handbook says it, one sentence or short paragraph each, in the order of calculation. Made from the very
 * document that runs, so it cannot drift. `titles` gives the titles of measures, rule sets and facts by id.
 */
export function planInWords(plan: PlanDocument, titles: Titles = {}): string[] {
  const percent: Say = (rate) => rateInWords(plan, rate, percentText);
  const money: Say = (rate) => rateInWords(plan, rate, (value) => `${grouped(value)} ${plan.currency}`);
  const plain: Say = (rate) => rateInWords(plan, rate, grouped);
  return [
    `${plan.title} pays in ${plan.currency} for each ${plan.period}.`,
    ...(plan.eligible ? [`It is for people of whom this holds: ${clause(plan.eligible, titles)}.`] : []),
    ...target(plan, percent, money),
    ...proration(plan),
    ...(plan.components ?? []).flatMap((component) => componentInWords(component, percent, plain, titles)),
    ...deals(plan, percent),
    ...(plan.modifiers ?? []).map((modifier, index) => {
      const between = [
        ...(modifier.floor === undefined ? [] : [`at least ${percent(modifier.floor)}`]),
        ...(modifier.ceiling === undefined ? [] : [`at most ${percent(modifier.ceiling)}`]),
      ].join(" and ");
      const name = modifier.title ?? titleOf(titles, modifier.rules);
      return `${index === 0 ? "Then the" : "Next the"} payout is multiplied by the factor of ${name}${between ? `, ${between}` : ""}.`;
    }),
    ...limitsInWords(plan, percent, money),
    ...afterwards(plan, percent, money),
    `Amounts are ${roundingInWords(plan.rounding ?? "half-even", plan.currency)}; the lines always sum to the total.`,
  ];
}

/** A curve in words: `80 % of target pays 50 %, … Between them in a straight line.` */
export function curveInWords(curve: Curve): string {
  switch (curve.kind) {
    case "linear": {
      const points = curve.points.map(([x, y]) => `${percentText(x)} of target pays ${percentText(y)}`).join(", ");
      const below = {
        zero: "below that nothing",
        flat: "below that the same",
        extend: "below that along the same line",
      };
      const above = { flat: "above that no more", extend: "above that along the same line" };
      const between = curve.points.length > 1 ? ", in a straight line between" : "";
      return `${points}${between}; ${below[curve.below ?? "zero"]}, ${above[curve.above ?? "flat"]}.`;
    }
    case "steps": {
      const steps = curve.points.map(([x, y]) => `from ${percentText(x)} of target ${percentText(y)}`).join(", ");
      return `It pays in steps: ${steps}; below that ${curve.below === "flat" ? "the same" : "nothing"}.`;
    }
    case "marginal-tiers":
      return `Each slice is paid at its own rate (marginal tiers): ${tiersInWords(curve.tiers)}.`;
    case "whole-amount-tiers":
      return `The rate of the tier reached pays the whole amount (whole-amount tiers): ${tiersInWords(curve.tiers)}.`;
    default: {
      const never: never = curve;
      throw new Error(`unknown curve ${JSON.stringify(never)}`);
    }
  }
}

function tiersInWords(tiers: readonly { from: string; rate: string }[]): string {
  return tiers.map(({ from, rate }) => `from ${percentText(from)} of target at ${rate}×`).join(", ");
}

function componentInWords(component: Component, percent: Say, plain: Say, titles: Titles): string[] {
  const credit = {
    individual: "the person's own result",
    teams: `the results of the person's teams, ${component.credit?.weights === "equal" ? "all alike" : "by the share of work in each"}`,
    unit: "the result of the person's unit",
    reports: "the results of the people who report to the person",
  }[component.credit?.to ?? "individual"];
  const measure = titleOf(titles, component.measure);
  return [
    `${component.title} is ${percent(component.weight)} of the target incentive and looks at ${credit} in ${measure}. ${curveInWords(component.curve)}`,
    ...(component.target === undefined
      ? []
      : [`Where a result in ${measure} comes without a target of its own, ${plain(component.target)} is its target.`]),
    ...(component.gate
      ? [
          `${component.title} pays in full only if ${clause(component.gate.when, titles)}; otherwise it pays ${reduced(percent(component.gate.else))}.`,
        ]
      : []),
    ...(component.cap === undefined ? [] : [`${component.title} pays at most ${percent(component.cap)} of its part.`]),
  ];
}

const reduced = (share: string) => (share === "0 %" ? "nothing" : `${share} of that`);

function target(plan: PlanDocument, percent: Say, money: Say): string[] {
  const rule = plan.targetIncentive;
  if (!rule) return [];
  if ("shareOf" in rule) return [`The target incentive is ${percent(rule.value)} of the salary of the ${plan.period}.`];
  if ("amount" in rule) return [`The target incentive is ${money(rule.amount)} a ${plan.period}.`];
  return [`The target incentive of each person is read from ${rule.fact}.`];
}

function proration({ proration: policy }: PlanDocument): string[] {
  if (!policy) return [];
  const paid = policy.paidLeave?.length ? ` (${policy.paidLeave.join(", ")} counts as worked)` : "";
  const by = [
    ...(policy.hire === "days" ? ["the days employed in it"] : []),
    ...(policy.leave === "days" ? [`the days not on leave${paid}`] : []),
    ...(policy.fte === "share" ? ["the full-time share"] : []),
  ];
  return by.length === 0 ? [] : [`Who was there for part of the period is paid by ${by.join(" and ")}.`];
}

function deals(plan: PlanDocument, percent: Say): string[] {
  if (!plan.rate) return [];
  const { kind, by, bands } = plan.rate;
  const words = bands
    .map(
      ({ below, rate }) =>
        `${below === undefined ? "above that" : `below ${sayDecimal(plan, below)}`} ${percent(rate)}`,
    )
    .join(", ");
  const how =
    kind === "marginal" ? "each slice at its own rate (marginal)" : "the whole amount at the rate of its band";
  return [
    `Each ${plan.transaction ?? "transaction"} pays a share of ${plan.amount ?? "$.amount"} by ${by}, ${how}: ${words}.`,
    ...(plan.credit
      ? [
          `The credit is shared by ${plan.credit.splits}${plan.credit.overlay ? "; overlays may exceed the whole" : ", which sums to 100 %"}.`,
        ]
      : []),
  ];
}

function limitsInWords(plan: PlanDocument, percent: Say, money: Say): string[] {
  const ofTarget = plan.targetIncentive !== undefined;
  const most = (rate: Rate) => (ofTarget ? `${percent(rate)} of the target incentive` : money(rate));
  const caps = capsInOrder(plan).map(({ per, value }) =>
    per === "deal" ? `A deal pays at most ${money(value)}.` : `The whole payout is at most ${most(value)}.`,
  );
  return plan.windfall
    ? [...caps, `A payout above ${most(plan.windfall.above)} waits for review before it is paid.`]
    : caps;
}

function afterwards(plan: PlanDocument, percent: Say, money: Say): string[] {
  const { holdback, draw, clawback, ramp } = plan;
  return [
    ...(holdback
      ? [`${percent(holdback.share)} is held back and released after ${durationInWords(holdback.release.after)}.`]
      : []),
    ...(ramp?.length
      ? [
          `New people carry less quota: ${ramp.map((step) => `${percentText(step.quota)} in month ${step.month}`).join(", ")}.`,
        ]
      : []),
    ...(draw
      ? [
          `At least ${money(draw.amount)} is paid each ${plan.period}; ${draw.recoverable ? `what was advanced is recovered from later payouts${draw.recoverAtMost ? `, at most ${money(draw.recoverAtMost)} a ${plan.period}` : ""}` : "what was advanced is not recovered"}.`,
        ]
      : []),
    ...(clawback
      ? [
          `On ${clawback.on} ${clawback.schedule.map((term) => `within ${durationInWords(term.within)} ${percentText(term.share)}`).join(", ")} of the payment is taken back${clawback.limit ? `, at most ${percentText(clawback.limit.perPeriod)} of a ${plan.period}'s payout` : ""}.`,
        ]
      : []),
  ];
}

function rateInWords(plan: PlanDocument, rate: Rate, say: (value: string) => string): string {
  if (typeof rate === "string") return say(rate);
  const declared =
    plan.parameters && Object.hasOwn(plan.parameters, rate.parameter) ? plan.parameters[rate.parameter] : undefined;
  const value = readNumeric(declared?.default);
  const name = declared?.title ?? rate.parameter;
  return value ? `${say(value.toFixed())} (set by the parameter "${name}")` : `what the parameter "${name}" says`;
}

function sayDecimal(plan: PlanDocument, rate: Rate): string {
  return rateInWords(plan, rate, (value) => value);
}
