import type { RouteName } from "#engine/contract/routes.ts";
import type { HandlersOf } from "./handler.ts";
import { absences } from "./routes/absences.ts";
import { cases } from "./routes/cases.ts";
import { definitions } from "./routes/definitions.ts";
import { impact } from "./routes/impact.ts";
import { imports } from "./routes/imports.ts";
import { incentives } from "./routes/incentives.ts";
import { launches } from "./routes/launches.ts";
import { metrics } from "./routes/metrics.ts";
import { operations } from "./routes/operations.ts";
import { organisation } from "./routes/organisation.ts";
import { parameters } from "./routes/parameters.ts";
import { records } from "./routes/records.ts";
import { rules } from "./routes/rules.ts";
import { simulations } from "./routes/simulations.ts";
import { system } from "./routes/system.ts";
import { tasks } from "./routes/tasks.ts";
import { templates } from "./routes/templates.ts";
import { doors, upkeep } from "./routes/upkeep.ts";
import { work } from "./routes/work.ts";

/** A handler for every route of the contract: one that is missing is an error of types here. */
export const handlers: HandlersOf<RouteName> = {
  ...system,
  ...operations,
  ...upkeep,
  ...doors,
  ...tasks,
  ...work,
  ...absences,
  ...cases,
  ...definitions,
  ...impact,
  ...launches,
  ...templates,
  ...parameters,
  ...rules,
  ...organisation,
  ...metrics,
  ...records,
  ...imports,
  ...simulations,
  ...incentives,
};
