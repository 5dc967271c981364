import { Button } from "@mantine/core";
import { useCall } from "../../api/use-call.ts";
import { clock } from "../../text/dates.ts";
import { tell, tellProblem } from "../../ui/tell.ts";
import { useNow, useTimeZone } from "../../ui/use-now.ts";
import classes from "./case.module.css";
import { mayUndo, useLastMove } from "./last-move.ts";

/** Takes the last act of this tab back; answers whether it is under way. */
export function useUndoMove(): { undo: () => void; pending: boolean } {
  const { last, keep } = useLastMove();
  const call = useCall("undoMoves", { stale: ["case", "cases", "tasks", "home", "jobs"] });
  return {
    pending: call.isPending,
    undo: () =>
      last &&
      call.mutate(
        { params: { id: last.job }, body: { reason: "Taken back" } },
        {
          onSuccess: () => {
            keep(null);
            tell("Taken back: it stands where it stood before.");
          },
          onError: (error) => tellProblem(error, "It could not be taken back"),
        },
      ),
  };
}

/** On the page for ten minutes: what was done by hand, and the way back. */
export function UndoLine({ caseId }: { caseId?: string }) {
  const now = useNow();
  const zone = useTimeZone();
  const { last } = useLastMove();
  const { undo, pending } = useUndoMove();
  if (!mayUndo(last, now)) return null;
  if (caseId !== undefined && last.cases !== null && !last.cases.includes(caseId)) return null;
  return (
    <div className={classes.undo} role="status">
      <span>
        {last.title}. It can be taken back until {clock(last.at + 10 * 60_000, zone)}, if nothing else happens
        meanwhile.
      </span>
      <Button size="compact-sm" variant="default" loading={pending} onClick={undo}>
        Undo
      </Button>
    </div>
  );
}
