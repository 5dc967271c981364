import type { Catalogue } from "../definition/catalogue.ts";
import type { CaseHead } from "./facts.ts";
import type { World } from "./world.ts";

/** Who is in charge of a metric, as the live metric documents name them. */
export function metricPeople(catalogue: Catalogue): NonNullable<World["metricPeople"]> {
  return (id) => {
    const metric = catalogue.find("metric", id);
    return { metricOwner: metric?.owner, metricSteward: metric?.steward };
  };
}

/** The metric that a case is about: its subject, else the one whose breach began it; undefined where there is none. */
export function metricOfCase({ subject, trigger }: Pick<CaseHead, "subject" | "trigger">): string | undefined {
  if (subject.kind === "metric") return subject.id;
  return typeof trigger.metric === "string" ? trigger.metric : undefined;
}
