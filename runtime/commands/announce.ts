import type { Subject } from "#engine/contract/subject.ts";
import type { Outcome } from "#engine/execute/outcome.ts";
import type { Trigger } from "#engine/steps/trigger.ts";
import type { Json } from "#engine/words/json.ts";
import type { OutboxRow } from "../store/outbox-lanes.ts";
import type { LiveCatalogue } from "./catalogue.ts";

/** An announcement as the outbox holds it: what happened, to what, and what triggers read of it as `trigger.*`. */
export interface Announced {
  on: Trigger["on"];
  about: Subject | null;
  data: Record<string, Json>;
}

/** Outbox rows for what the outcomes announce, where a definition listens; else nothing is written. */
export function announcements(catalogue: LiveCatalogue, outcomes: readonly Outcome[]): OutboxRow[] {
  return outcomes.flatMap(({ announcements: said, state, entry }) =>
    said.flatMap((announcement, n): OutboxRow[] => {
      if (!catalogue.listens(announcement.on)) return [];
      const payload: Announced = {
        on: announcement.on,
        about: state.subject,
        data: {
          ...announcement.data,
          case: state.id,
          period: state.period,
          definition: state.definition.id,
          definitionKind: state.definition.kind,
        },
      };
      return [
        { id: `${state.id}/${entry.seq}/announce/${n}`, caseId: state.id, kind: "announce", payload, at: entry.at },
      ];
    }),
  );
}
