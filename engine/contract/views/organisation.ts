import { z } from "zod";
import { Json } from "../../words/json.ts";
import { Instant, IssueView, PersonBrief } from "../common.ts";

/** The person who is asking, and what they may do. */
export const MeView = z
  .object({
    signedIn: z.boolean(),
    person: PersonBrief.nullable(),
    email: z.string().nullable(),
    roles: z.array(z.string()),
    /** What the studio offers: `design`, `administer`, `people`, `metrics`, `incentives`, `launch`. */
    may: z.array(z.string()),
    demo: z.boolean(),
    viewingAs: PersonBrief.nullable(),
    personas: z.array(z.object({ id: z.string(), name: z.string(), title: z.string(), why: z.string() })),
    needsSetup: z.boolean(),
    organisation: z.object({ title: z.string(), timeZone: z.string(), currency: z.string(), calendar: z.string() }),
    /** Domain time now (the virtual clock's under test). */
    now: Instant,
  })
  .meta({ id: "Me" });
export type MeView = z.infer<typeof MeView>;

export const UnitView = z
  .object({
    id: z.string(),
    title: z.string(),
    level: z.string(),
    parent: z.string().nullable(),
    people: z.number().int(),
    head: PersonBrief.nullable(),
  })
  .meta({ id: "UnitView" });
export type UnitView = z.infer<typeof UnitView>;

export const PersonRow = z
  .object({
    id: z.string(),
    name: z.string(),
    title: z.string().nullable(),
    /** Title of the unit. */
    unit: z.string().nullable(),
    unitId: z.string().nullable(),
    manager: PersonBrief.nullable(),
    status: z.string(),
    reports: z.number().int(),
  })
  .meta({ id: "PersonRow" });
export type PersonRow = z.infer<typeof PersonRow>;

export const PersonView = z
  .object({
    person: PersonRow,
    email: z.string().nullable(),
    grade: z.string().nullable(),
    hireDate: z.string().nullable(),
    endDate: z.string().nullable(),
    timeZone: z.string(),
    /** Absent for readers who may not see pay. */
    salary: z.object({ minor: z.number().int(), currency: z.string() }).nullable(),
    chain: z.array(PersonBrief),
    reports: z.array(PersonBrief),
    units: z.array(z.object({ id: z.string(), title: z.string(), level: z.string() })),
    assignments: z.array(
      z.object({
        /** Title of the unit, name of the manager. */
        unit: z.string(),
        unitId: z.string(),
        manager: z.string().nullable(),
        managerId: z.string().nullable(),
        kind: z.string(),
        validFrom: z.string(),
        validTo: z.string().nullable(),
      }),
    ),
    metrics: z.array(
      z.object({
        metric: z.string(),
        title: z.string(),
        unit: z.string(),
        points: z.array(z.object({ period: z.string(), value: z.number().nullable(), target: z.number().nullable() })),
      }),
    ),
    cases: z.array(z.object({ id: z.string(), title: z.string(), period: z.string().nullable(), status: z.string() })),
    fields: z.record(z.string(), Json),
    roles: z.array(z.object({ role: z.string(), unit: z.string().nullable() })),
  })
  .meta({ id: "PersonView" });
export type PersonView = z.infer<typeof PersonView>;

export const MetricRow = z
  .object({
    id: z.string(),
    title: z.string(),
    unit: z.string(),
    direction: z.string(),
    grain: z.string(),
    nature: z.string().nullable(),
    perspective: z.string().nullable(),
    owner: z.string().nullable(),
    steward: z.string().nullable(),
    latest: z
      .object({
        period: z.string(),
        value: z.number().nullable(),
        target: z.number().nullable(),
        attainment: z.number().nullable(),
        /** `ok` for final values, else `adjusted` or `provisional`. */
        state: z.string(),
        asOf: z.string().nullable(),
      })
      .nullable(),
    stale: z.boolean(),
    observations: z.number().int(),
    spark: z.array(z.number().nullable()),
  })
  .meta({ id: "MetricRow" });
export type MetricRow = z.infer<typeof MetricRow>;

export const SeriesView = z
  .object({
    metric: z.string(),
    title: z.string(),
    unit: z.string(),
    of: z.object({ kind: z.string(), id: z.string(), title: z.string() }),
    points: z.array(
      z.object({
        period: z.string(),
        from: z.string(),
        to: z.string(),
        value: z.number().nullable(),
        target: z.number().nullable(),
        attainment: z.number().nullable(),
        state: z.string(),
        n: z.number().int(),
      }),
    ),
    baseline: z.object({ mean: z.number(), lower: z.number(), upper: z.number(), n: z.number().int() }).nullable(),
    asOf: z.string().nullable(),
    stale: z.boolean(),
  })
  .meta({ id: "SeriesView" });
export type SeriesView = z.infer<typeof SeriesView>;

/** What a file may hold. */
export const ImportKind = z.enum(["people", "units", "assignments", "observations", "records"]);
export type ImportKind = z.infer<typeof ImportKind>;

/** What an import would do, before it does it. */
export const ImportView = z
  .object({
    id: z.string(),
    kind: ImportKind,
    status: z.enum(["mapping", "checked", "applying", "applied", "failed"]),
    fileName: z.string(),
    rows: z.number().int(),
    encoding: z.string(),
    separator: z.string(),
    columns: z.array(z.object({ header: z.string(), sample: z.array(z.string()), field: z.string().nullable() })),
    fields: z.array(z.object({ name: z.string(), title: z.string(), required: z.boolean() })),
    counts: z.object({
      added: z.number().int(),
      changed: z.number().int(),
      moved: z.number().int(),
      left: z.number().int(),
      unchanged: z.number().int(),
      refused: z.number().int(),
    }),
    changes: z.array(
      z.object({
        row: z.number().int(),
        id: z.string(),
        what: z.enum(["added", "changed", "moved", "left"]),
        words: z.string(),
      }),
    ),
    refused: z.array(z.object({ row: z.number().int(), reason: z.string(), column: z.string().nullable() })),
    issues: z.array(IssueView),
    hasHeader: z.boolean(),
    /** Field by column as it stands; a key that starts with "=" is a constant for every row. */
    mapping: z.record(z.string(), z.string().nullable()),
    job: z.string().nullable(),
  })
  .meta({ id: "ImportView" });
export type ImportView = z.infer<typeof ImportView>;

export const RecordView = z
  .object({
    id: z.string(),
    type: z.string(),
    /** ISO date; null for a record of a type without one. */
    date: z.string().nullable(),
    /** The person or unit it is about. */
    about: PersonBrief.nullable(),
    fields: z.record(z.string(), Json),
    cases: z.array(z.string()),
  })
  .meta({ id: "RecordView" });
