import type { Statement } from "../db/client.ts";
import { insertVersions, type Stamp, supersede } from "../db/versioned.ts";
import { TABLES } from "./organisation-tables.ts";

/** Of what a value is. */
export type SubjectKind = "person" | "unit" | "organisation";

/** Precedence grows: a final value stands where there is one. */
export type ObservationState = "provisional" | "adjusted" | "final";

/** The value of a metric for a subject in a period `[periodFrom, periodTo)`. Decimals are text. */
export interface Observation {
  metric: string;
  subjectKind: SubjectKind;
  subject: string;
  periodFrom: string;
  periodTo: string | null;
  value: string | null;
  target: string | null;
  state: ObservationState;
}

/** Statements that record observations; an earlier value of the same period is kept as superseded. */
export function observationsStatements(observations: readonly Observation[], stamp: Stamp): Statement[] {
  if (observations.length === 0) return [];
  return [
    supersede(
      TABLES.observations,
      observations.map((o) => [o.subject, o.metric, o.subjectKind, o.periodFrom, o.periodTo]),
      stamp,
    ),
    insertVersions(
      TABLES.observations,
      observations.map((o) => [
        o.metric,
        o.subjectKind,
        o.subject,
        o.periodFrom,
        o.periodTo,
        o.value,
        o.target,
        o.state,
      ]),
      stamp,
    ),
  ];
}
