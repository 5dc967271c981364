import type { Outcome } from "#engine/execute/outcome.ts";
import type { OutboxRow } from "../store/outbox-lanes.ts";
import type { LiveCatalogue } from "./catalogue.ts";

/** An announcement as the outbox holds it: what happened, to what. */
export interface AnnouncedPayload {
  on: string;
  data: Record<string, unknown>;
}

/** Outbox rows for what the outcomes announce, where a definition listens; else nothing is written. */
export function announcements(catalogue: LiveCatalogue, outcomes: readonly Outcome[]): OutboxRow[] {
  return outcomes.flatMap(({ announcements: said, state, entry }) =>
    said.flatMap((announcement, n): OutboxRow[] => {
      if (!catalogue.listens(announcement.on)) return [];
      const payload: AnnouncedPayload = {
        on: announcement.on,
        data: {
          ...announcement.data,
          case: state.id,
          about: state.subject,
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
