import { useState } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { WhyNotAnswer } from "../../ui/why-not-answer.tsx";
import classes from "./payouts.module.css";

/** What would have had to be different for the gate of a line to pass, or not to; asked for when it is wanted. */
export function GateWhy({ run, person, component }: { run: string; person: string; component: string }) {
  const [open, setOpen] = useState(false);
  const answer = useAnswer(
    "gateWhyNot",
    { params: { id: run, person }, query: { component } },
    { enabled: open, keep: true },
  );
  return (
    <div className={classes.gateWhy}>
      <button type="button" className={classes.askWhy} aria-expanded={open} onClick={() => setOpen((old) => !old)}>
        {answer.data?.question ?? "The gate: what would have changed it?"}
      </button>
      {open &&
        (answer.error ? (
          <Failed error={answer.error} retry={() => void answer.refetch()} />
        ) : answer.data ? (
          <WhyNotAnswer view={answer.data} />
        ) : (
          <ListSkeleton rows={2} />
        ))}
    </div>
  );
}
