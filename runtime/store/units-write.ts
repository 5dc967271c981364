import type { Unit } from "#engine/organisation/model.ts";
import type { Statement } from "../db/client.ts";
import { insertVersions, type Stamp, supersede } from "../db/versioned.ts";
import { ALWAYS, TABLES } from "./organisation-tables.ts";

/** Statements that add units, or new versions of them with the same start. */
export function unitsStatements(
  units: readonly (Unit & { validFrom?: string; validTo?: string | null })[],
  stamp: Stamp,
): Statement[] {
  if (units.length === 0) return [];
  return [
    supersede(
      TABLES.units,
      units.map((unit) => [unit.id, unit.validFrom ?? ALWAYS]),
      stamp,
    ),
    insertVersions(
      TABLES.units,
      units.map((unit) => [
        unit.id,
        unit.title,
        unit.level,
        unit.parent,
        unit.timeZone,
        unit.calendar,
        unit.validFrom ?? ALWAYS,
        unit.validTo ?? null,
      ]),
      stamp,
    ),
  ];
}
