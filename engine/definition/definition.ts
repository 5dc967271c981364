import { z } from "zod";
import { Cadence } from "./cadence.ts";
import { Calendar } from "./calendar.ts";
import { Escalation } from "./escalation.ts";
import { Form } from "./form.ts";
import { Metric } from "./metric.ts";
import { ParameterSheet } from "./parameters.ts";
import { Plan } from "./plan.ts";
import { RecordType } from "./record-type.ts";
import { Ruleset } from "./ruleset.ts";
import { Scorecard } from "./scorecard.ts";
import { Workflow } from "./workflow.ts";

/** The eleven kinds of document and their schemas: the one list that types, parsing and JSON Schema derive from. */
export const KINDS = {
  workflow: Workflow,
  escalation: Escalation,
  plan: Plan,
  ruleset: Ruleset,
  form: Form,
  metric: Metric,
  calendar: Calendar,
  cadence: Cadence,
  "record-type": RecordType,
  scorecard: Scorecard,
  parameters: ParameterSheet,
} as const;

export type Kind = keyof typeof KINDS;
export type DefinitionOf<K extends Kind> = z.infer<(typeof KINDS)[K]>;
export type Definition = { [K in Kind]: DefinitionOf<K> }[Kind];

/** The kinds, in the order in which people meet them. */
export const KIND_NAMES = Object.keys(KINDS) as Kind[];

/** Whether a text names a kind of document. */
export const Kind = z.enum(KIND_NAMES as [Kind, ...Kind[]]).meta({ id: "Kind" });
