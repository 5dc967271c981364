import type { VersionedTable } from "../db/versioned.ts";

/** The versioned tables of the organisation and of its performance data: their columns, and what makes a row the same row. */
export const TABLES = {
  profiles: {
    name: "profiles",
    key: ["person"],
    columns: [
      "person",
      "name",
      "email",
      "status",
      "title",
      "role",
      "grade",
      "hire_date",
      "end_date",
      "time_zone",
      "calendar",
      "fte",
      "salary_minor",
      "currency",
      "fields",
      "search",
    ],
  },
  units: {
    name: "units",
    key: ["id", "valid_from"],
    columns: ["id", "title", "level", "parent", "time_zone", "calendar", "valid_from", "valid_to"],
  },
  assignments: {
    name: "assignments",
    key: ["person", "kind", "unit", "valid_from"],
    columns: ["person", "unit", "manager", "kind", "weight", "valid_from", "valid_to"],
  },
  grants: {
    name: "grants",
    key: ["person", "role", "unit", "valid_from"],
    columns: ["person", "role", "unit", "valid_from", "valid_to"],
  },
  observations: {
    name: "observations",
    key: ["subject", "metric", "subject_kind", "period_from", "period_to"],
    columns: ["metric", "subject_kind", "subject", "period_from", "period_to", "value", "target", "state"],
  },
  records: {
    name: "records",
    key: ["type", "id"],
    columns: ["id", "type", "about_kind", "about", "date", "fields"],
  },
} as const satisfies Record<string, VersionedTable>;

export type TableName = keyof typeof TABLES;

/** The beginning of time for rows whose start nobody knows. */
export const ALWAYS = "0001-01-01";
