import type { Queue, RoleGrant } from "#engine/organisation/model.ts";
import type { ImportKind } from "../ingest/kinds.ts";
import type { Mapping } from "../ingest/mapping.ts";
import { recordFiles } from "./care-records.ts";
import { csv } from "./csv.ts";
import { twelveMonths } from "./months.ts";
import { type DemoOrganisation, demoOrganisation, GREEN_SOFT, type Size } from "./organisation.ts";
import { type Persona, personas } from "./personas.ts";
import { representativeYears, resultFiles } from "./results.ts";

/** What decides everything in the demo. */
export interface DemoOptions {
  seed: number;
  /** The last month with results, `"2026-02"`. */
  anchorMonth: string;
  size?: Partial<Size>;
}

/** A file of the demo, as it goes through the import. */
export interface DemoFile {
  kind: ImportKind;
  name: string;
  /** What it is, for the progress bar. */
  what: string;
  recordType?: string;
  content: string;
  mapping?: Mapping;
}

export interface Demo {
  files: DemoFile[];
  grants: RoleGrant[];
  queues: Queue[];
  personas: Persona[];
  organisation: DemoOrganisation;
}

/** Generates Green Soft Technology: pure, the same for the same options on every machine. */
export function generateDemo(options: DemoOptions): Demo {
  const { seed, anchorMonth } = options;
  const months = twelveMonths(anchorMonth);
  const organisation = demoOrganisation(seed, anchorMonth, { ...GREEN_SOFT, ...options.size });
  const years = representativeYears(organisation, months, seed);
  const results = resultFiles(organisation, months, years, seed);
  const records = recordFiles(organisation, months, seed);
  return {
    organisation,
    files: [
      { kind: "units", name: "units.csv", what: "regions, locations and teams", content: unitsFile(organisation) },
      { kind: "people", name: "people.csv", what: "people and reporting lines", content: peopleFile(organisation) },
      ...results.map(
        (file): DemoFile => ({
          kind: "observations",
          name: file.name,
          what: file.name.replace(".csv", "").replaceAll("-", " "),
          content: file.content,
          mapping: observationMapping(file.content),
        }),
      ),
      ...records.map(
        (file): DemoFile => ({
          kind: "records",
          name: file.name,
          recordType: file.type,
          what: file.name.replace(".csv", "").replaceAll("-", " "),
          content: file.content,
        }),
      ),
    ],
    grants: organisation.grants,
    queues: organisation.queues,
    personas: personas(organisation, years),
  };
}

const unitsFile = (organisation: DemoOrganisation) =>
  csv(
    ["id", "title", "level", "parent"],
    organisation.units.map((unit) => [unit.id, unit.title, unit.level, unit.parent]),
  );

const peopleFile = (organisation: DemoOrganisation) =>
  csv(
    [
      "id",
      "name",
      "email",
      "job title",
      "role",
      "grade",
      "unit",
      "manager",
      "hire date",
      "status",
      "salary",
      "currency",
    ],
    organisation.people.map((p) => [
      p.id,
      p.name,
      p.email,
      p.title,
      p.role,
      p.grade,
      p.unit,
      p.manager,
      p.hireDate,
      "active",
      p.salary,
      "INR",
    ]),
  );

/** The headers of the result files say it themselves. */
function observationMapping(content: string): Mapping {
  const names: Record<string, string> = { person: "subject", unit: "subject", kind: "subjectKind", month: "period" };
  const header = content.slice(0, content.indexOf("\n")).split(",");
  return {
    columns: Object.fromEntries(header.map((name) => [name, names[name] ?? name])),
    hasHeader: true,
    separator: ",",
  };
}
