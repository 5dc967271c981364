import type { ComponentType } from "react";
import { CadenceForm } from "../documents/cadence-form.tsx";
import { CalendarForm } from "../documents/calendar-form.tsx";
import { MetricForm } from "../documents/metric-form.tsx";
import { ParametersForm } from "../documents/parameters-form.tsx";
import { RecordTypeForm } from "../documents/record-type-form.tsx";
import { ScorecardForm } from "../documents/scorecard-form.tsx";

/** The kinds that are a page of fields, with the page of each. */
export const SMALL_EDITORS = {
  metric: MetricForm,
  calendar: CalendarForm,
  cadence: CadenceForm,
  "record-type": RecordTypeForm,
  scorecard: ScorecardForm,
  parameters: ParametersForm,
} as const satisfies Record<string, ComponentType>;
