import { simulationFacts } from "../../projections/simulation-facts.ts";
import type { HandlersOf } from "../handler.ts";

/** What simulations in the browser read of what is stored. */
export const simulations: HandlersOf<"simulationFacts"> = {
  simulationFacts: ({ body }, { runtime, reader }) => {
    reader.policy.require("design");
    return simulationFacts(runtime, reader, { ...body, period: body.period ?? null });
  },
};
