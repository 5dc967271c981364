import { useMemo } from "react";
import type { StatementView } from "#engine/contract/views/incentives.ts";
import type { Payout } from "#engine/incentive/payout.ts";
import { recomputePayout } from "#engine/incentive/recompute.ts";
import { moneyOr } from "../../text/money.ts";
import classes from "./payouts.module.css";

/** Computes the payout again, here in the browser, from the leaves of its trace, and says whether it is the same. */
export function Proof({ view }: { view: StatementView }) {
  // The runtime stores what `computePayout` gave; recomputing takes it as stored and never throws on its content.
  const again = useMemo(() => recomputePayout(view.payout as unknown as Payout), [view.payout]);
  const same =
    again.differences.length === 0 &&
    view.differences.length === 0 &&
    again.totalMinor === view.totalMinor &&
    view.recomputedMinor === view.totalMinor;
  const differences = again.differences.length > 0 ? again.differences : view.differences;
  return (
    <div className={classes.proof} role={same ? undefined : "alert"}>
      <span className={same ? "good" : "bad"} aria-hidden="true">
        {same ? "✓" : "✗"}
      </span>
      <span>
        {same
          ? `Recomputed from the trace just now: ${moneyOr(view.totalMinor, view.currency)}, the same to the cent.`
          : `The trace gives ${moneyOr(again.totalMinor, view.currency)}. ${differences.join(" ")}`}
      </span>
    </div>
  );
}
