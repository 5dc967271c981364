import { impactPopulation, rulesImpact } from "../../projections/impact-view.ts";
import { scansOf } from "../../scans/scans.ts";
import type { HandlersOf } from "../handler.ts";

/** What a draft of rules would change, for whoever may draw them. */
export const impact: HandlersOf<"impact" | "impactPopulation" | "impactProgress"> = {
  impact: ({ params, body }, { runtime, reader, http }) => {
    reader.policy.require("design");
    return rulesImpact(runtime, reader, { ...body, id: params.id }, http.req.raw.signal);
  },

  impactPopulation: ({ params, query }, { runtime, reader }) => {
    reader.policy.require("design");
    return impactPopulation(runtime, reader, { ...query, id: params.id });
  },

  impactProgress: ({ params }, { runtime, reader }) => {
    reader.policy.require("design");
    return scansOf(runtime).progress(params.run) ?? { done: 0, total: 0 };
  },
};
