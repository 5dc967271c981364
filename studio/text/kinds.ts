/** The kinds of document as the screen says them, one and many. */
export const KIND_NAMES: Record<string, { one: string; many: string }> = {
  workflow: { one: "Review cycle", many: "Review cycles" },
  escalation: { one: "Escalation", many: "Escalations" },
  plan: { one: "Incentive plan", many: "Incentive plans" },
  ruleset: { one: "Rule set", many: "Rules" },
  form: { one: "Form", many: "Forms" },
  metric: { one: "Metric", many: "Metrics" },
  calendar: { one: "Calendar", many: "Calendars" },
  cadence: { one: "Cadence", many: "Cadences" },
  "record-type": { one: "Record type", many: "Record types" },
  scorecard: { one: "Scorecard", many: "Scorecards" },
  parameters: { one: "Parameter sheet", many: "Parameter sheets" },
};

/** "Review cycle" for `workflow`; an unknown kind is named by itself. */
export const kindName = (kind: string): string => KIND_NAMES[kind]?.one ?? kind;

/** "manager-review" or "managerReview" as words: "Manager review". */
export function words(id: string): string {
  const text = id
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[-_.]+/g, " ")
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A role as people say it: `hr-admin` is "HR admin". */
export const roleName = (role: string): string => words(role).replace(/^Hr\b/, "HR");

/** A phrase as the beginning of a line: "the HR admin" is "The HR admin". */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
