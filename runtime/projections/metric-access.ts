import type { Directory } from "#engine/organisation/directory.ts";
import { Forbidden } from "../access/forbidden.ts";
import type { Reader } from "../access/reader.ts";
import type { Figures, SeriesOf } from "./metric-figures.ts";

/** People whose values must be in a figure before somebody sees it who may not see theirs: from fewer one could be told. */
const SMALLEST_GROUP = 5;

/** Throws Forbidden unless the figures of a subject are open to a reader. */
export function requireFigures(reader: Reader, of: SeriesOf, directory: Directory): void {
  const open =
    of.kind === "organisation" ||
    (of.kind === "person" ? reader.policy.seesPerson(of.id) : seesUnitFigures(reader, of.id, directory));
  if (!open) {
    throw new Forbidden(`The results of this ${of.kind} are not open to you.`, {
      kind: `results of ${of.kind}`,
      id: of.id,
    });
  }
}

/** Whether the figures of a unit are open: to its heads and HR, to who looks after metrics or pay, and to those who work in it or below. */
export function seesUnitFigures({ policy, personId }: Reader, unit: string, directory: Directory): boolean {
  if (policy.seesUnit(unit) || policy.may("metrics") || policy.may("incentives")) return true;
  const own = personId === null ? undefined : directory.unitOf(personId, policy.date);
  return own !== undefined && directory.unitPath(own).some(({ id }) => id === unit);
}

/** Figures without the points from which a reader could tell a single colleague's value. */
export function withoutSmallGroups(figures: Figures, of: SeriesOf, reader: Reader, directory: Directory): Figures {
  const { policy } = reader;
  if (!figures.ofPeople || policy.people() === "all") return figures;
  if (
    of.kind === "unit" &&
    directory.membersOf(of.id, policy.date, { deep: true }).every((id) => policy.seesPerson(id))
  )
    return figures;
  return { ...figures, rows: figures.rows.filter(({ n }) => n >= SMALLEST_GROUP) };
}
