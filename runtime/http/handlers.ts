import type { RouteName } from "#engine/contract/routes.ts";
import type { HandlersOf } from "./handler.ts";
import { cases } from "./routes/cases.ts";
import { data } from "./routes/data.ts";
import { definitions } from "./routes/definitions.ts";
import { incentives } from "./routes/incentives.ts";
import { operations } from "./routes/operations.ts";
import { organisation } from "./routes/organisation.ts";
import { studio } from "./routes/studio.ts";
import { system } from "./routes/system.ts";
import { tasks } from "./routes/tasks.ts";

/** A handler for every route of the contract: one that is missing is an error of types here. */
export const handlers: HandlersOf<RouteName> = {
  ...system,
  ...operations,
  ...tasks,
  ...cases,
  ...definitions,
  ...studio,
  ...organisation,
  ...data,
  ...incentives,
};
