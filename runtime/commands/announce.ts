import type { Outcome } from "#engine/execute/outcome.ts";
import { announcedBy } from "#engine/execute/triggers.ts";
import type { OutboxRow } from "../store/outbox-lanes.ts";
import type { LiveCatalogue } from "./catalogue.ts";

/** Outbox rows for what the outcomes announce, where a definition listens; else nothing is written. */
export function announcements(catalogue: LiveCatalogue, outcomes: readonly Outcome[]): OutboxRow[] {
  return outcomes.flatMap((outcome) =>
    announcedBy(outcome)
      .filter(({ announced }) => catalogue.listens(announced.on))
      .map(({ id, announced }) => ({
        id,
        caseId: outcome.state.id,
        kind: "announce",
        payload: announced,
        at: outcome.entry.at,
      })),
  );
}
