import type { Duration } from "../words/duration.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { PlanDocument } from "./plan.ts";
import { simplePath } from "./simple-path.ts";

/**
 * Parts of a plan that the format allows and this engine cannot compute: a publish is refused with these, so that nothing
 * is ever quietly left out of somebody's pay.
 */
export function unsupportedPlanParts(plan: PlanDocument): Issue[] {
  const issues: Issue[] = [];
  const refuse = (path: string, message: string, hint: string) =>
    issues.push(error("not-supported", path, message, hint));

  if (plan.basis === "attainment") attainmentOnly(plan, refuse);
  else transactionOnly(plan, refuse);
  duplicates(plan, issues);
  paths(plan, refuse);
  for (const [index, component] of (plan.components ?? []).entries()) {
    if (component.credit?.splits !== undefined) {
      const path = pointer("components", index, "credit", "splits");
      refuse(path, `Splits of credit in ${component.title} cannot run.`, "Split deals in a plan on transactions.");
    }
  }
  for (const [index, term] of (plan.clawback?.schedule ?? []).entries()) {
    if (!calendarUnits(term.within)) {
      const path = pointer("clawback", "schedule", index, "within");
      refuse(path, "A clawback counts whole calendar days.", "Use days, weeks or months.");
    }
  }
  return issues;
}

type Refuse = (path: string, message: string, hint: string) => void;

function attainmentOnly(plan: PlanDocument, refuse: Refuse): void {
  const hint = 'Leave it out, or set "basis" to "transaction".';
  for (const key of ["transaction", "amount", "rate", "credit", "order", "clawback"] as const) {
    if (plan[key] !== undefined) refuse(`/${key}`, `"${key}" means something only in a plan on transactions.`, hint);
  }
  const caps = plan.cap === undefined ? [] : Array.isArray(plan.cap) ? plan.cap : [plan.cap];
  caps.forEach((cap, index) => {
    const path = Array.isArray(plan.cap) ? pointer("cap", index, "per") : "/cap/per";
    if (cap.per === "deal")
      refuse(path, "A plan on attainment has no deals to cap.", 'Cap per "plan", or per component.');
  });
}

function transactionOnly(plan: PlanDocument, refuse: Refuse): void {
  if ((plan.components ?? []).length > 0) {
    refuse(
      "/components",
      "A plan on transactions pays by deal and has no components.",
      "Move them to a plan of their own.",
    );
  }
  if (plan.ramp) refuse("/ramp", "A ramp lowers a quota, and a plan on transactions has none.", "Leave it out.");
  if (plan.order !== undefined && plan.order.join() !== "date,id") {
    refuse("/order", `Deals cannot be taken in the order ${plan.order.join(", ")}.`, 'Write ["date", "id"].');
  }
}

function duplicates(plan: PlanDocument, issues: Issue[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of (plan.components ?? []).entries()) {
    if (seen.has(id)) {
      const path = pointer("components", index, "id");
      issues.push(error("duplicate-id", path, `Two components are called ${id}.`, "Give each its own id."));
    }
    seen.add(id);
  }
}

function paths(plan: PlanDocument, refuse: Refuse): void {
  const used: [string, string | undefined][] = [
    ["/amount", plan.amount],
    ["/rate/by", plan.rate?.by],
    ["/credit/splits", plan.credit?.splits],
    ...(plan.modifiers ?? []).map((modifier, index): [string, string] => [
      pointer("modifiers", index, "factor"),
      modifier.factor,
    ]),
  ];
  for (const [path, value] of used) {
    if (value !== undefined && simplePath(value) === undefined) {
      refuse(path, `The path ${value} names more than one place.`, "Use names only, e.g. $.grossMargin.");
    }
  }
}

function calendarUnits(duration: Duration): boolean {
  return duration.workingDays === undefined && duration.hours === undefined && duration.minutes === undefined;
}
