import { Button } from "@mantine/core";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { finished } from "../../api/use-job.ts";
import { clock } from "../../text/dates.ts";
import { tell, tellProblem } from "../../ui/tell.ts";
import { useNow, useTimeZone } from "../../ui/use-now.ts";
import classes from "./case.module.css";
import { mayUndo, UNDO_MS, useLastMove } from "./last-move.ts";

/** Takes an act back and says how it went, once the server is through; the page that began it may be gone by then. */
export async function takeBack(client: QueryClient, id: string): Promise<void> {
  try {
    let job = await call("undoMoves", { params: { id }, body: { reason: "Taken back" } });
    while (!finished(job)) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      job = await call("job", { params: { id: job.id } });
    }
    useLastMove.getState().keep(null);
    if (job.status === "done") tell(`Taken back. ${job.message ?? ""}`.trim());
    else tellProblem(new Error(job.message ?? "It did not come to its end."), "It was not taken back");
  } catch (error) {
    tellProblem(error, "It could not be taken back");
  }
  for (const name of ["case", "cases", "tasks", "home", "jobs"]) void client.invalidateQueries({ queryKey: [name] });
}

/** On the page for ten minutes: what was done by hand, and the way back. */
export function UndoLine({ caseId }: { caseId?: string }) {
  const now = useNow();
  const zone = useTimeZone();
  const client = useQueryClient();
  const { last } = useLastMove();
  const [busy, setBusy] = useState(false);
  if (!mayUndo(last, now)) return null;
  if (caseId !== undefined && last.cases !== null && !last.cases.includes(caseId)) return null;
  return (
    <div className={classes.undo} role="status">
      <span>
        {last.title}. It can be taken back until {clock(last.at + UNDO_MS, zone)}, if nothing else happens meanwhile.
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={busy}
        onClick={() => {
          setBusy(true);
          void takeBack(client, last.job).finally(() => setBusy(false));
        }}
      >
        Undo
      </Button>
    </div>
  );
}
