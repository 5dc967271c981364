import type { Directory } from "./directory.ts";

/** What one person is to another, as far as seeing their data goes. */
export const VIEWER_RELATIONS = [
  "self",
  "manager",
  "manager-chain",
  "matrix-manager",
  "head",
  "hr-partner",
  "hr-admin",
  "hr-designer",
  "peer",
] as const;
export type ViewerRelation = (typeof VIEWER_RELATIONS)[number];

/**
 * The relations that open a person's record. A peer sees the name in a list and an HR designer draws processes; neither
 * reads personal data. Which fields each of these relations sees is the policy's business.
 */
export const SEEING: ReadonlySet<ViewerRelation> = new Set<ViewerRelation>([
  "self",
  "manager",
  "manager-chain",
  "matrix-manager",
  "head",
  "hr-partner",
  "hr-admin",
]);

/** Roles whose grant for a unit covers the people in it and below it; held everywhere, it covers all. */
const COVERING = ["head", "hr-partner", "hr-admin"] as const;

/**
 * What `viewer` is to `target` on a date. A direct manager is also in the manager chain. Roles cover a person by the unit
 * of the primary assignment; someone in no unit is covered only by a role held everywhere. `hr-designer` is held, not
 * related: it says so for any target. Who has left is nothing to anybody.
 */
export function relationsTo(viewer: string, target: string, date: string, directory: Directory): Set<ViewerRelation> {
  const relations = new Set<ViewerRelation>();
  if (!directory.isHere(viewer, date)) return relations;
  if (viewer === target) relations.add("self");
  const manager = directory.managerOf(target, date);
  if (manager === viewer) relations.add("manager");
  if (directory.chainOf(target, date).includes(viewer)) relations.add("manager-chain");
  if (directory.matrixManagersOf(target, date).includes(viewer)) relations.add("matrix-manager");
  if (viewer !== target && manager !== undefined && directory.managerOf(viewer, date) === manager)
    relations.add("peer");

  const unit = directory.unitOf(target, date);
  const path = unit === undefined ? [] : directory.unitPath(unit);
  for (const grant of directory.grantsOf(viewer, date)) {
    if (grant.role === "hr-designer") relations.add("hr-designer");
    const role = COVERING.find((name) => name === grant.role);
    if (role && (grant.unit === null || path.some(({ id }) => id === grant.unit))) relations.add(role);
  }
  return relations;
}

/** Whether `viewer` may open `target`'s record at all. */
export function canSee(viewer: string, target: string, date: string, directory: Directory): boolean {
  for (const relation of relationsTo(viewer, target, date, directory)) {
    if (SEEING.has(relation)) return true;
  }
  return false;
}

/**
 * The people whose records `viewer` may open on a date: exactly those for whom `canSee` holds, found from the viewer's side
 * (reports of reports, members of covered units) instead of asking for each of 5,000. `"all"`: a covering role is held
 * everywhere.
 */
export function visiblePeople(viewer: string, date: string, directory: Directory): ReadonlySet<string> | "all" {
  if (!directory.isHere(viewer, date)) return new Set();
  const visible = new Set([viewer]);
  for (const grant of directory.grantsOf(viewer, date)) {
    if (!COVERING.some((name) => name === grant.role)) continue;
    if (grant.unit === null) return "all";
    for (const member of directory.membersOf(grant.unit, date, { deep: true })) visible.add(member);
  }
  for (const report of reportsBelow(viewer, date, directory)) visible.add(report);
  for (const report of directory.matrixReportsOf(viewer, date)) visible.add(report);
  return visible;
}

function reportsBelow(manager: string, date: string, directory: Directory): ReadonlySet<string> {
  const below = new Set(directory.reportsOf(manager, date));
  // A Set visits what is added while it is walked; a line that comes round again adds nobody twice.
  for (const person of below) for (const report of directory.reportsOf(person, date)) below.add(report);
  return below;
}
