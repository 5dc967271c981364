import type { Policy } from "../access/policy.ts";

/** The people and units whose data are open, as ids for a query; undefined: no narrowing. */
export function visibleSubjects(policy: Policy): string[] | undefined {
  const people = policy.peopleIds();
  const units = policy.unitIds();
  return people === undefined || units === undefined ? undefined : [...people, ...units];
}
